"""Which colours count as blue, green and black ink, and how well text stands on a fill."""

LEAST_CONTRAST = 4.5


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of RRGGBB, each from 0 to 255."""
    return tuple(int(colour[at : at + 2], 16) for at in (0, 2, 4))


def is_blue(colour: str) -> bool:
    """A blue of inputs: plainly more blue than anything else."""
    red, green, blue = channels(colour)
    return blue >= 0x80 and blue - max(red, green) >= 0x40


def is_green(colour: str) -> bool:
    """A green of links: plainly more green than anything else."""
    red, green, blue = channels(colour)
    return green - max(red, blue) >= 0x28


def is_ink(colour: str) -> bool:
    """Black or a dark ink, in which formulas stand."""
    return max(channels(colour)) <= 0x70 and not is_green(colour) and not is_blue(colour)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it: 0 is black, 1 is white."""
    parts = [channel / 255 for channel in channels(colour)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, other: str) -> float:
    """The ratio of WCAG 2.1, from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((luminance(colour), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
