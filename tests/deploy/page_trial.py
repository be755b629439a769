from pathlib import Path
async def try_page(folder: Path) -> None:
    pass
