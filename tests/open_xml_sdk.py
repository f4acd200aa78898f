"""Microsoft's Open XML SDK validator, as `scripts/install_system_packages.sh` puts it here."""

import pytest

from workbook_templates import open_xml_sdk


def validate_with_open_xml_sdk(path, office_version="Microsoft365"):
    """What the validator finds wrong with an .xlsx file: a list of lines, empty if nothing.

    A line is "part: XPath: description". The test that calls this is skipped where the
    validator is not installed.
    """
    found = open_xml_sdk.validate(path, office_version)
    if found is None:
        pytest.skip("the Open XML SDK validator is missing: run scripts/install_system_packages.sh")
    return found
