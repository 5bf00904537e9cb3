package org.mtl4j.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.online.Follower;
import org.mtl4j.experiment.online.UpdateOptions;
import picocli.CommandLine.Option;

/** How {@code mtl train --continue} goes on with a run. */
final class ContinueOptions {
  private static final Pattern TIME = Pattern.compile("\\d{1,6}[smh]");
  private static final String OFF = "off";
  private static final String PERCENT = "%";
  private static final String DAYS = "d";

  @Option(
      names = "--continue",
      required = true,
      paramLabel = "RUN",
      description = "Go on with a finished run, by rows that came since: docs/online.md.")
  private Path run;

  @Option(
      names = "--data",
      arity = "1",
      paramLabel = "FILE",
      description = "The rows, in the format of the run's; may be repeated.")
  private List<String> data = new ArrayList<>();

  @Option(
      names = "--follow",
      paramLabel = "PATH",
      description =
          "In place of --data, a file or a folder of files that grow: take what is added, again and"
              + " again.")
  private Path follow;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "How often to look at what is followed, say 30s, 10m or 1h; default: 10m.")
  private String every = "10m";

  @Option(
      names = "--max-updates",
      paramLabel = "N",
      description = "End after so many updates of what is followed; default: never.")
  private int maxUpdates = Integer.MAX_VALUE;

  @Option(
      names = "--holdout",
      paramLabel = "SHARE",
      description = "The share of the rows, the latest, to judge by; default: 0.1.")
  private double holdout = UpdateOptions.Judging.USUAL.holdout();

  @Option(
      names = "--gate",
      paramLabel = "MARGIN",
      description =
          "How much worse a figure on the rows held out may be, of what it was, for the next"
              + " version to be exported; off: whatever it is. Default: 2%%.")
  private String gate = "2%";

  @Option(
      names = "--allow-drift",
      paramLabel = "NAME",
      split = ",",
      description = "Features and tasks that may look otherwise than before; all: whatever does.")
  private Set<String> allowed = new LinkedHashSet<>();

  @Option(
      names = "--forget-after",
      paramLabel = "DAYS",
      description = "Forget ids that no update has seen for more days, say 30d; default: never.")
  private String forgetAfter;

  Path run() {
    return run;
  }

  /** Files; empty if some are followed. */
  List<String> data() {
    return data;
  }

  /** What is followed, if something is. */
  Optional<Path> followed() {
    return Optional.ofNullable(follow);
  }

  /**
   * Checks that there are rows of one kind.
   *
   * @throws MtlException USAGE if not
   */
  void check() {
    if (data.isEmpty() == (follow == null)) {
      throw wrong("Expected either --data FILE or --follow PATH beside --continue");
    }
  }

  /**
   * How often to look.
   *
   * @throws MtlException USAGE for a value that is none
   */
  Follower.Rhythm rhythm() {
    Matcher time = TIME.matcher(every);
    if (!time.matches()) {
      throw wrong("Expected a time as --every 30s, 10m or 1h, found " + every);
    }
    try {
      return new Follower.Rhythm(Duration.parse("PT" + every.toUpperCase(Locale.ROOT)), maxUpdates);
    } catch (IllegalArgumentException e) {
      throw wrong("Of --follow, " + e.getMessage());
    }
  }

  /**
   * What they say.
   *
   * @param overrides of {@code --set}
   * @throws MtlException USAGE for a value that is none
   */
  UpdateOptions options(Map<String, String> overrides) {
    try {
      boolean gated = !gate.equals(OFF);
      return new UpdateOptions(
          1,
          forgetAfter == null ? OptionalInt.empty() : OptionalInt.of(days()),
          new UpdateOptions.Judging(
              holdout, gated, gated ? margin() : UpdateOptions.Judging.USUAL.margin(), allowed),
          overrides);
    } catch (NumberFormatException e) {
      throw wrong("Expected numbers, as --gate 2% or off and --forget-after 30d, found " + found());
    } catch (IllegalArgumentException e) {
      throw wrong("Of --continue, " + e.getMessage());
    }
  }

  private String found() {
    return "--gate " + gate + (forgetAfter == null ? "" : " --forget-after " + forgetAfter);
  }

  private double margin() {
    return gate.endsWith(PERCENT)
        ? Double.parseDouble(gate.substring(0, gate.length() - 1)) / 100
        : Double.parseDouble(gate);
  }

  private int days() {
    return Integer.parseInt(
        forgetAfter.endsWith(DAYS)
            ? forgetAfter.substring(0, forgetAfter.length() - 1)
            : forgetAfter);
  }

  private static MtlException wrong(String what) {
    return new MtlException(
        new Problem(ErrorCode.USAGE, "mtl train", what + ".", "Look at mtl train --help."));
  }
}
