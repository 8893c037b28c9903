"""Style, scripts and fonts as they are served: compressed, and named by their content, modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Statics(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A script asks for its modules by the names that they have here."""

    support_js_module_import_aggregation = True
