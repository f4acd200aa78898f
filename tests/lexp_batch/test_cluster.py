"""Batches on a Dask cluster: the same bytes, nothing lost with a worker, and clear refusals.

The cluster is real: a scheduler and workers on 127.0.0.1, each a process of its own; so is the
`lexp` that uses it.
"""

import shutil
import sys
from pathlib import Path

import pytest

from lexp_batch.cluster import OnCluster
from lexp_batch.cluster_connection import Cluster
from lexp_batch.plan import Asked
from lexp_batch.run_lock import Run
from lexp_batch.workbooks import Batch, Way
from lexp_calc.errors import LexpError
from tests.lexp_batch.batches import ROOT, content_of, run, start, write_deals
from tests.lexp_batch.dask_cluster import dask_cluster


def done(*arguments, **environment):
    """Exit status, stdout and stderr of `lexp workbooks` as a process of its own."""
    process = start(*arguments, **environment)
    out, errors = process.communicate(timeout=120)
    assert "Traceback" not in errors
    return process.returncode, out, errors


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """A few deals, and what this machine alone makes of them."""
    folder = tmp_path_factory.mktemp("batch")
    write_deals(folder / "deals", 6)
    assert run(folder / "deals", "--out", folder / "alone").exit_code == 0
    return folder


@pytest.fixture
def cluster(tmp_path):
    with dask_cluster(tmp_path / "dask", workers=2) as running:
        yield running


def test_the_same_bytes_as_on_one_machine_also_when_a_worker_is_killed(batch, tmp_path, cluster):
    out = tmp_path / "out"
    process = start(batch / "deals", "--out", out, "--cluster", cluster.address)
    for _ in range(3):
        assert process.stdout.readline()
    cluster.workers[0].kill()
    rest, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    assert content_of(out) == content_of(batch / "alone")
    again = done(batch / "deals", "--out", out, "--cluster", cluster.address)
    assert again == (0, "", "nothing to do: 18 workbooks up to date\n")


def test_a_cluster_of_this_machine_alone(batch, tmp_path):
    out = tmp_path / "out"
    asked = batch / "deals", "--out", out, "--cluster", "local", "--jobs", "2"
    status, made, errors = done(*asked)
    assert (status, errors) == (0, "")
    assert made.count(".xlsx") == 18
    assert content_of(out) == content_of(batch / "alone")


def test_a_bad_term_sheet_on_a_cluster(batch, tmp_path, cluster):
    deals = write_deals(tmp_path / "deals", 2)
    text = (deals / "deal-1.toml").read_text("utf-8")
    (deals / "deal-1.toml").write_text(text.replace("closing_date", "closing_day"), "utf-8")
    status, made, errors = done(deals, "--out", tmp_path / "out", "--cluster", cluster.address)
    assert status == 1 and made.count(".xlsx") == 3
    assert errors and all(
        each.startswith(f"{deals / 'deal-1.toml'}: ") for each in errors.splitlines()
    )


def test_a_worker_with_other_templates_is_refused(batch, tmp_path):
    other = tmp_path / "other"
    for package in ("lexp_calc", "workbook_templates", "lexp_batch"):
        shutil.copytree(ROOT / package, other / package)
    with (other / "workbook_templates" / "styles.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    with dask_cluster(tmp_path / "dask", workers=0) as cluster:
        cluster.add_worker(other)
        asked = batch / "deals", "--out", tmp_path / "out", "--cluster", cluster.address
        status, made, errors = done(*asked)
    (line,) = errors.splitlines()
    assert (status, made) == (1, "")
    assert line.startswith("--cluster: tcp://127.0.0.1:") and "sources" in line
    assert not (tmp_path / "out").exists()


def test_a_worker_without_lexp_is_refused(batch, tmp_path):
    with dask_cluster(tmp_path / "dask", workers=0) as cluster:
        (tmp_path / "nothing" / "lexp_batch").mkdir(parents=True)
        (tmp_path / "nothing" / "lexp_batch" / "__init__.py").write_text("raise ImportError('no')")
        cluster.add_worker(tmp_path / "nothing")
        asked = batch / "deals", "--out", tmp_path / "out", "--cluster", cluster.address
        status, _, errors = done(*asked)
    assert status == 1 and "found no lexp that answers there" in errors


def test_workers_that_do_not_see_the_files_are_refused(tmp_path, cluster):
    elsewhere = Run(str(tmp_path / "on another machine" / ".lexp-lock"), "mark")
    with pytest.raises(LexpError) as refused, OnCluster(Cluster(cluster.address), 1, elsewhere):
        pass
    lines = str(refused.value).splitlines()
    assert lines and all("found that it does not see the folder of --out" in each for each in lines)


def test_a_cluster_that_is_gone_is_reported_and_the_next_run_makes_the_rest(
    tmp_path, cluster, monkeypatch
):
    monkeypatch.setattr("lexp_batch.cluster.LOST", 1.0)
    monkeypatch.setattr("lexp_batch.cluster_connection.START", 5.0)
    deals, out = write_deals(tmp_path / "deals", 12), tmp_path / "out"
    lines, found = [], Batch([str(deals)], str(out), Asked(), Way(cluster=Cluster(cluster.address)))
    for each in found.outcomes():
        lines.append(each)
        if len(lines) == 2:
            cluster.end()
    made = [each for each in lines if each.problem is None and each.is_workbook]
    problems = [str(each.problem) for each in lines if each.problem is not None]
    assert len(made) < 36 and problems
    assert all("the same command again" in each for each in problems[:-1])
    assert problems[-1].startswith(f"{out}: found ") and "not looked at" in problems[-1]
    result = run(deals, "--out", out)
    assert result.exit_code == 0 and f"{len(made)} workbooks up to date" in result.stderr
    assert len(list(out.rglob("*.xlsx"))) == 36 and not list(out.rglob(".lexp-*"))


def test_nobody_at_the_address(tmp_path, monkeypatch):
    monkeypatch.setattr("lexp_batch.cluster_connection.START", 1.0)
    result = run("--out", tmp_path / "out", "--cluster", "tcp://127.0.0.1:9")
    assert (result.exit_code, result.stdout) == (1, "")
    expected = "--cluster: found no cluster that answers at tcp://127.0.0.1:9 ("
    assert result.stderr.startswith(expected)
    assert not (tmp_path / "out").exists()


def test_what_is_no_address(tmp_path):
    result = run("--out", tmp_path / "out", "--cluster", "gopher://x")
    assert result.exit_code == 1
    assert result.stderr.startswith("--cluster: found no cluster that answers at gopher://x")


def test_without_distributed_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = run("--out", tmp_path / "out", "--cluster", "local")
    assert result.exit_code == 1
    assert 'pip install "lexp[cluster]" would be right' in result.stderr


class TestTls:
    @pytest.fixture(scope="class")
    def files(self, tmp_path_factory):
        """A certificate that is its own authority, and its key, as --cluster-tls- options."""
        from distributed import Security

        made = Security.temporary()
        folder = tmp_path_factory.mktemp("tls")
        for name, text in (("cert", made.tls_client_cert), ("key", made.tls_client_key)):
            (folder / f"{name}.pem").write_text(text)
        (folder / "ca.pem").write_text(made.tls_ca_file)
        return folder

    def options(self, files, prefix):
        names = {"ca": "ca", "cert": "cert", "key": "key"}
        if prefix == "--tls-":
            names["ca"] = "ca-file"
        return [
            part
            for file, name in names.items()
            for part in (f"{prefix}{name}", str(files / f"{file}.pem"))
        ]

    def test_is_used_where_the_files_are_given(self, batch, tmp_path, files):
        arguments = (*self.options(files, "--tls-"), "--protocol", "tls")
        deal = batch / "deals" / "deal-1.toml"
        with dask_cluster(tmp_path / "dask", 1, arguments) as cluster:
            assert cluster.address.startswith("tls://")
            asked = deal, "--out", tmp_path / "out", "--cluster", cluster.address
            status, made, errors = done(*asked, *self.options(files, "--cluster-tls-"))
            assert (status, errors) == (0, "")
            assert made.count(".xlsx") == 3
            settings = {"ca__file": "ca", "client__cert": "cert", "client__key": "key"}
            by_dask = {
                f"DASK_DISTRIBUTED__COMM__TLS__{name.upper().replace('__FILE', '_FILE')}": str(
                    files / f"{file}.pem"
                )
                for name, file in settings.items()
            }
            status, _, errors = done(*asked, "--again", **by_dask)
            assert (status, errors) == (0, "")
            status, _, errors = done(*asked, "--again")
            assert status == 1 and errors.startswith("--cluster: found no certificates for tls://")

    def test_a_file_that_is_missing_is_refused(self, tmp_path, files):
        options = self.options(files, "--cluster-tls-")
        options[1] = str(tmp_path / "missing.pem")
        result = run("--out", tmp_path / "out", "--cluster", "tls://127.0.0.1:9", *options)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"{options[1]}: found no such file; ")

    def test_a_file_that_is_no_certificate_is_refused(self, tmp_path, files):
        options = self.options(files, "--cluster-tls-")
        options[1] = __file__
        result = run("--out", tmp_path / "out", "--cluster", "tls://127.0.0.1:9", *options)
        assert result.exit_code == 1
        assert result.stderr.startswith("--cluster: found certificates that cannot be read (")

    @pytest.mark.parametrize(
        "options",
        [
            ("--cluster", "tls://127.0.0.1:9", "--cluster-tls-ca", "ca.pem"),
            ("--cluster-tls-ca", "a", "--cluster-tls-cert", "b", "--cluster-tls-key", "c"),
        ],
    )
    def test_a_part_of_it_is_wrong_usage(self, tmp_path, options):
        result = run("--out", tmp_path / "out", *options)
        assert result.exit_code == 2
        assert not Path(tmp_path / "out").exists()
