"""Templates: folders named after features, addresses that exist, no script or style inside."""

import re

from flask import Flask

from tests.architecture.sources import PACKAGE, templates

COMMON = {"layouts", "components", "errors", "emails"}
ENDPOINTS = re.compile(r"""(?:url_for|link_to|part|is_there)\(\s*["']([\w.]+)["']""")
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:|\shx-on", re.IGNORECASE)
FORM_CONTROL = re.compile(r"<(?:input|select|textarea)\b[^>]*>", re.DOTALL)
ARRIVING = {
    "directives.item",
    "notifications.index",
    "search.results",
    "search.suggestions",
    "tasks.show",
}  # features that pages leave a place for


def test_folders_are_named_after_features(portal: Flask) -> None:
    folders = {name.partition("/")[0] for name in templates()}

    features = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    assert folders - COMMON <= {*portal.blueprints, *features}


def test_endpoints_named_exist(portal: Flask) -> None:
    missing = {
        f"{name}: {endpoint}"
        for name, source in templates().items()
        for endpoint in ENDPOINTS.findall(source)
        if endpoint not in {*portal.view_functions, *ARRIVING}
    }

    assert missing == set()


def test_templates_have_no_script_or_style_inside() -> None:
    inline = {name: found for name, source in templates().items() if (found := INLINE.findall(source))}

    assert inline == {}


def test_form_controls_written_by_hand_have_labels() -> None:
    nameless = {
        f"{name}: {control}"
        for name, source in templates().items()
        for control in FORM_CONTROL.findall(source)
        if not _is_labelled(control, source)
    }

    assert nameless == set()


def _is_labelled(control: str, source: str) -> bool:
    if 'type="hidden"' in control or "aria-label" in control:
        return True
    found = re.search(r'\bid="([^"]+)"', control)
    return bool(found) and f'for="{found[1]}"' in source
