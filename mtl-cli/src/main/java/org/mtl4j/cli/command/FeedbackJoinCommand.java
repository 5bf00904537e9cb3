package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.serving.feedback.FeedbackJoin;
import org.mtl4j.serving.feedback.JoinRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl feedback join}: rows with labels of impressions and outcomes. */
@Command(
    name = "join",
    description = "Makes rows with labels of the files of feedback that are complete.",
    footer = {
      "",
      "A file is complete when another one was begun and --window is over behind its last line: run",
      "this as often as rows are wanted. A column of labels has what came of an item, and else the",
      "value behind =, or none.",
      "",
      "Examples:",
      "  mtl feedback join --from feedback --to rows --window 30m --label click=0 --label rating=",
      "  mtl train --continue runs/shop --follow rows",
      "  mtl evaluate --run runs/shop --data rows/*.jsonl --slice served_version"
    })
public final class FeedbackJoinCommand extends MtlCommand {
  private static final Pattern TIME = Pattern.compile("\\d{1,6}[smhd]");
  private static final Pattern LABEL = Pattern.compile("([^=]+)=(.*)");

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "The folder that a server writes feedback to.")
  private Path from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "The folder of rows; files are added to it and never changed.")
  private Path to;

  @Option(
      names = "--window",
      defaultValue = "30m",
      paramLabel = "TIME",
      description = "How long behind an impression outcomes count; default: ${DEFAULT-VALUE}.")
  private String window;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "TASK=VALUE",
      description = "A task of outcomes, and its label where none came; may be repeated.")
  private List<String> labels;

  /** The command with a console. */
  @Inject
  public FeedbackJoinCommand(Console console) {
    super(console);
  }

  @Override
  protected Answer answer() {
    FeedbackJoin.Joined joined =
        new FeedbackJoin(from, to, new JoinRules(window(), labels()))
            .join(InstantSource.system().instant());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("files", joined.files().stream().map(Path::toString).toList());
    json.put("rows", joined.rows());
    json.put("rows_with_outcomes", joined.outcomes());
    List<String> text = new ArrayList<>();
    joined.files().forEach(file -> text.add("wrote " + file));
    text.add(
        joined.files().isEmpty()
            ? "no file of feedback is complete that was not before"
            : String.format(
                Locale.ROOT,
                "%,d rows, %,d of them with an outcome",
                joined.rows(),
                joined.outcomes()));
    return Answer.of(json, text);
  }

  private Duration window() {
    if (!TIME.matcher(window).matches()) {
      throw new MtlException(
          Problem.of(
              ErrorCode.USAGE, "--window", "Expected a time, 90s, 30m, 6h or 1d, found " + window));
    }
    long count = Long.parseLong(window.substring(0, window.length() - 1));
    return switch (window.charAt(window.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private Map<String, Optional<Double>> labels() {
    Map<String, Optional<Double>> found = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String text : labels) {
      Matcher label = LABEL.matcher(text);
      try {
        if (!label.matches()) {
          throw new NumberFormatException();
        }
        String value = label.group(2);
        found.put(
            label.group(1),
            value.isEmpty() ? Optional.empty() : Optional.of(Double.parseDouble(value)));
      } catch (NumberFormatException e) {
        problems.add(
            Problem.of(
                ErrorCode.USAGE,
                "--label",
                "Expected TASK=VALUE, click=0 or rating= say, found " + text + "."));
      }
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    return found;
  }
}
