package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.serving.feedback.FeedbackLog;
import org.mtl4j.serving.feedback.FeedbackSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl feedback forget}: no trace of a user in a folder of feedback. */
@Command(
    name = "forget",
    description = "Removes what a user saw and what came of it from a folder of feedback.",
    footer = {
      "",
      "The folder must not be written by a server at the time. Rows that were made of it before, and",
      "models trained on them, are as they were: delete the rows and make them anew.",
      "",
      "Example:",
      "  mtl feedback forget --from feedback --user 17"
    })
public final class FeedbackForgetCommand extends MtlCommand {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "The folder that a server wrote feedback to.")
  private Path from;

  @Option(
      names = "--user",
      required = true,
      paramLabel = "ID",
      description = "The user's id, as impressions have it.")
  private String user;

  /** The command with a console. */
  @Inject
  public FeedbackForgetCommand(Console console) {
    super(console);
  }

  @Override
  protected Answer answer() {
    if (!Files.isDirectory(from)) {
      throw new MtlException(
          Problem.of(
              ErrorCode.FILE_MISSING,
              from.toString(),
              "Expected a folder of feedback, found none."));
    }
    try (FeedbackLog log =
        FeedbackLog.open(from, FeedbackSettings.DEFAULT, InstantSource.system())) {
      int removed = log.forget(user).join();
      return Answer.of(
          Map.of("removed_lines", removed),
          List.of(String.format(Locale.ROOT, "removed %,d lines", removed)));
    } catch (CompletionException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              from.toString(),
              "Not all files could be written anew: " + e.getCause() + ".",
              "Make room, and run this again."),
          e);
    }
  }
}
