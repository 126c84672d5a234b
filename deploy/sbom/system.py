"""What an image says of its distribution's packages and its Python, as a CycloneDX document."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

_FIELDS = ("Package", "Version", "Architecture", "source:Package", "source:Version", "db:Status-Status")
# What is asked of a container of the image; its answer is what `system` reads. Python is none of dpkg's in some images.
QUESTION = (
    "cat /etc/os-release && echo -- && { python3 -V 2>/dev/null || true; } && echo -- && dpkg-query -W -f "
    + shlex.quote("\\t".join(f"${{{field}}}" for field in _FIELDS) + "\\n")
)


def system(image: str, version: str, answer: str) -> str:
    """Return the document (CycloneDX 1.6, JSON) of an image's answer; ``ValueError`` when it names no package."""
    release, python, packages = answer.split("--\n", 2)
    told = dict(line.split("=", 1) for line in release.splitlines() if "=" in line)
    distribution, number = (shlex.split(told[name])[0] for name in ("ID", "VERSION_ID"))
    root = Component(name=image, version=version, type=ComponentType.CONTAINER, bom_ref=image)
    bom = Bom(metadata=BomMetaData(component=root))
    bom.components.add(Component(name=distribution, version=number, type=ComponentType.OPERATING_SYSTEM))
    bom.components.update(_packages(packages, distribution, f"{distribution}-{number}"))
    if len(bom.components) == 1:
        raise ValueError(f"{image} names no package")
    if python.startswith("Python "):
        bom.components.add(_python(python.removeprefix("Python ").strip()))
    bom.register_dependency(root, bom.components)
    return str(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2))


def _packages(lines: str, distribution: str, distro: str) -> Iterator[Component]:
    for line in lines.strip().splitlines():
        name, version, architecture, source, source_version, status = line.split("\t")
        if status != "installed":
            continue
        # Advisories of Debian speak of source packages; scanners look for them in `upstream`.
        told = {"arch": architecture, "distro": distro, "upstream": f"{source}@{source_version}"}
        purl = PackageURL("deb", distribution, name, version, told)
        yield Component(name=name, version=version, type=ComponentType.LIBRARY, purl=purl, bom_ref=purl.to_string())


def _python(version: str) -> Component:
    purl = PackageURL("generic", None, "python", version)
    return Component(name="python", version=version, type=ComponentType.PLATFORM, purl=purl, bom_ref=purl.to_string())
