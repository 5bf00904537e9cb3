package org.mtl4j.cli;

import java.util.List;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What is wrong with a command line, with the command or option that was most likely meant. */
final class UsageProblems {
  private UsageProblems() {}

  static Problem of(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unknown(command, unmatched.getUnmatched().get(0));
    }
    return new Problem(ErrorCode.USAGE, name, sentence(e.getMessage()), "See " + name + " --help.");
  }

  private static Problem unknown(CommandLine command, String word) {
    String name = command.getCommandSpec().qualifiedName();
    if (word.startsWith("-")) {
      List<String> options =
          command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
      return problem(name, "There is no option " + word + ".", word, options);
    }
    List<String> commands = List.copyOf(command.getSubcommands().keySet());
    return commands.isEmpty()
        ? new Problem(
            ErrorCode.USAGE, name, "Expected no \"" + word + "\" here.", "See " + name + " --help.")
        : problem(name, "There is no command \"" + word + "\".", word, commands);
  }

  private static Problem problem(String where, String what, String word, List<String> known) {
    return new Problem(ErrorCode.USAGE, where, what, Nearest.hint(word, known));
  }

  private static String sentence(String message) {
    String bare = message.startsWith("Error: ") ? message.substring("Error: ".length()) : message;
    bare = bare.replace("option option", "option"); // Picocli's own slip of the fingers.
    return bare.endsWith(".") ? bare : bare + ".";
  }
}
