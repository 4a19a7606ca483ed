"""What is checked: how it is started, and what its screen has in it."""
import shlex


class Subject:
    """A program that takes the flags of Tests/Bots/TerminalDemo.

    It prints `message <1>`, `message <2>` and so on, says what is in its line when SIGUSR1 comes, writes what is sent
    into a file, with a zero byte after each, and knows carol, alice, alina and 小明.
    """

    prompt = "[alice] > "

    def __init__(self, program):
        self.program = program

    def words(self, folder, rate, is_long=False, arguments=()):
        words = [self.program, "--dump", folder + "/dump", "--sent", folder + "/sent", *arguments]
        if rate:
            words += ["--rate", str(rate)]
        if is_long:
            words += ["--long"]
        return words

    def command(self, folder, rate, is_long, arguments):
        return shlex.join(self.words(folder, rate, is_long, arguments))
