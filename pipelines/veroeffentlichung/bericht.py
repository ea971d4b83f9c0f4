"""placeholder"""
from pathlib import Path
from pipelines.ablage import Ablage
def schreibe_berichte(ablage: Ablage) -> list[Path]:
    return []
