"""`python -m cjmine`."""

from cjmine.cli import main

if __name__ == "__main__":
    main()
