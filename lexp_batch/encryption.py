"""A workbook under a password, as Excel encrypts it: AES-256, "agile", with SHA-512."""

from io import BytesIO

from lexp_batch.passwords import Secret
from lexp_calc.errors import NotThere

HOW_TO_INSTALL = "pip install 'lexp[send]' would be right"


def encrypted(workbook: bytes, password: Secret) -> bytes:
    """The workbook under the password: other bytes each time, for the salts are random."""
    ooxml = _ooxml()
    out = BytesIO()
    ooxml.OOXMLFile(BytesIO(workbook)).encrypt(password.text, out)
    return out.getvalue()


def decrypted(content: bytes, password: Secret) -> bytes:
    """The workbook again; its integrity is verified. Any fault is an exception of the library."""
    out = BytesIO()
    file = _ooxml().OOXMLFile(BytesIO(content))
    file.load_key(password=password.text, verify_password=True)
    file.decrypt(out, verify_integrity=True)
    return out.getvalue()


def _ooxml():
    try:
        from msoffcrypto.format import ooxml
    except ImportError:
        raise NotThere("--encrypt", "found no msoffcrypto-tool", HOW_TO_INSTALL) from None
    return ooxml
