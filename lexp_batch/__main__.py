"""`python -m lexp_batch`: the command `lexp` where its script is not on the path."""

from lexp_batch.cli import main

if __name__ == "__main__":
    main(prog_name="lexp")
