"""Pages are made one after another in a process, and a crowded process sends people on to another."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from starlette.responses import Response
from starlette.testclient import TestClient

from dateline.desk.app import create_app
from dateline.desk.call import Call, Page
from dateline.desk.desk import Desk, DeskSettings
from dateline.store.sqlite import create_record


def test_pages_wait_in_line_and_files_hold_nobody_up(tmp_path: Path) -> None:
    create_record(tmp_path / "record")
    desk = Desk(tmp_path / "record", DeskSettings(who="Ada Tester", hosts=("testserver",)))
    begun, go_on, file_begun, file_done = (threading.Event() for _ in range(4))
    made: list[str] = []

    def slow(call: Call) -> Response:
        made.append(call.path["name"])
        begun.set()
        assert go_on.wait(30)
        return Response(call.path["name"])

    def sent(_: Call) -> Response:
        file_begun.set()
        assert file_done.wait(30)
        return Response("file")

    pages = (
        Page(path="/slow/{name}", handler=slow, words="A page that takes long", json=False),
        Page(path="/file", handler=sent, words="A file that takes longer", json=False, file=True),
    )
    app = create_app(desk, pages, keeps=False)
    with TestClient(app) as client, ThreadPoolExecutor(5) as pool:
        file = pool.submit(client.get, "/file")
        assert file_begun.wait(30)
        first = pool.submit(client.get, "/slow/0")
        assert begun.wait(30)
        others = [pool.submit(client.get, f"/slow/{number}") for number in (1, 2, 3)]
        # None of them is begun while the first is made.
        threading.Event().wait(0.3)
        assert made == ["0"]
        go_on.set()
        answers = [one.result(30) for one in (first, *others)]
        assert not file.done()
        file_done.set()
        assert file.result(30).text == "file"
    assert [one.text for one in answers] == ["0", "1", "2", "3"]
    # Those behind whom others wait come back by a connection that a process without a line takes.
    assert sorted(one.headers.get("connection", "") for one in answers) == ["", "", "close", "close"]
    assert answers[0].headers["connection"] == "close"
