package org.mtl4j.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mtl4j.server.wiring.ServerSettings;
import org.mtl4j.serving.feedback.FeedbackSettings;
import picocli.CommandLine.Option;

/** Whether a server keeps what it recommended and what came of it. */
final class FeedbackFlags {
  @Option(
      names = "--feedback",
      paramLabel = "DIR",
      description = "Keep what is recommended, and what :feedback says came of it, in this folder.")
  private Path folder;

  @Option(
      names = "--feedback-user",
      paramLabel = "COLUMN",
      description = "The users' column by whose value they can ask to be forgotten.")
  private String userColumn;

  @Option(
      names = "--feedback-keep",
      converter = TimeText.class,
      paramLabel = "TIME",
      description = "Remove files whose last line is older, say 720h; default: never.")
  private Duration keep;

  /**
   * What they say; empty: no feedback is taken.
   *
   * @throws IllegalArgumentException for a value that is out of its range, or without a folder
   */
  Optional<ServerSettings.Feedback> feedback() {
    if (folder == null) {
      if (userColumn != null || keep != null) {
        throw new IllegalArgumentException(
            "expected --feedback beside --feedback-user and --feedback-keep");
      }
      return Optional.empty();
    }
    FeedbackSettings usual = FeedbackSettings.DEFAULT;
    return Optional.of(
        new ServerSettings.Feedback(
            folder,
            new FeedbackSettings(
                usual.fileBytes(),
                usual.fileAge(),
                usual.sync(),
                usual.queue(),
                Optional.ofNullable(keep)),
            Optional.ofNullable(userColumn)));
  }
}
