"""Work is given up when somebody asks for it, and never otherwise."""

import threading

import pytest

from vibes_desktop.callbacks.stopping import Stopped, Stopper, go_on


def test_it_stops_when_asked_from_another_thread() -> None:
    stopper = Stopper()
    stopper.check()
    go_on()
    asking = threading.Thread(target=stopper.stop)
    asking.start()
    asking.join()
    assert stopper.is_stopped
    with pytest.raises(Stopped):
        stopper.check()
