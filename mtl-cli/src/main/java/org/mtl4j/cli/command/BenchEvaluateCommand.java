package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.experiment.bench.EvaluateBench;
import org.mtl4j.experiment.bench.EvaluateBenchConfig;
import org.mtl4j.experiment.bench.PeerTurns;
import org.mtl4j.experiment.bench.Rounds;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl bench evaluate}: how fast metrics are, against another program if there is one. */
@Command(
    name = "evaluate",
    showDefaultValues = true,
    description = "Times metrics over made rows, without a model.",
    footer = {
      "",
      "Examples: five turns with a program of one's own, which takes the AUC of $FILE (a float32 a",
      "row, then a byte a row) and prints its seconds as the last line; and a bootstrap of all binary",
      "metrics:",
      "  mtl bench evaluate --rounds 5 --peer 'python peer.py \"$FILE\"'",
      "  mtl bench evaluate --rows 1000000 --users 50000 --replicates 1000"
    })
public final class BenchEvaluateCommand extends BenchmarkCommand {
  private final ExperimentService service;

  @Option(names = "--rows", defaultValue = "10000000", description = "Rows to measure.")
  private int rows;

  @Option(names = "--users", defaultValue = "500000", description = "Users they belong to.")
  private int users;

  @Option(
      names = "--replicates",
      defaultValue = "0",
      description =
          "Replicates of a bootstrap over users, of all binary metrics but those of items.")
  private int replicates;

  @Option(names = "--rounds", defaultValue = "1", description = "How often to measure.")
  private int rounds;

  @Option(
      names = "--peer",
      paramLabel = "COMMAND",
      description = "A command of the shell to measure AUC against, by turns.")
  private String peer;

  @Option(
      names = "--folder",
      defaultValue = "${sys:java.io.tmpdir}",
      description = "Where to put the peer's file.")
  private Path folder;

  /** The command over a service, whose metrics it takes. */
  @Inject
  public BenchEvaluateCommand(
      Console console, ExperimentService service, Interruption interruption) {
    super(console, interruption);
    this.service = service;
  }

  @Override
  Optional<Path> folder() {
    return peer == null ? Optional.empty() : Optional.of(folder);
  }

  @Override
  Answer measure(BooleanSupplier stopRequested) throws InterruptedException {
    EvaluateBench.Result result =
        new EvaluateBench(config(), binary(), console()::note, stopRequested).run();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", rows);
    json.put("users", users);
    json.put("auc", result.auc());
    PeerTurnsView.put(json, result.turns());
    json.put("gauc_seconds", result.gauc());
    json.put("gauc_times_auc", result.timesAuc(result.gauc()));
    json.put("ndcg_seconds", result.ndcg());
    json.put("ndcg_times_auc", result.timesAuc(result.ndcg()));
    json.put("replicates", replicates);
    json.put("metrics", binary().stream().map(Metric::key).toList());
    json.put(
        "replicates_seconds",
        result.replicates().isPresent() ? result.replicates().getAsDouble() : null);
    return Answer.of(json, text(result));
  }

  private List<Metric> binary() {
    EvaluationSettings settings = new EvaluationSettings(List.of(10), List.of());
    return service.parts().metrics().values().stream()
        .flatMap(factory -> factory.create(settings).stream())
        .filter(metric -> metric.appliesTo(new TaskType.Binary(List.of())))
        .filter(metric -> EvaluateBench.PARTS.containsAll(metric.needs()))
        .toList();
  }

  private EvaluateBenchConfig config() {
    try {
      return new EvaluateBenchConfig(
          rows, users, replicates, folder, new Rounds(rounds, Optional.ofNullable(peer)));
    } catch (IllegalArgumentException e) {
      throw new MtlException(
          Problem.of(ErrorCode.USAGE, "mtl bench evaluate", "--" + e.getMessage() + "."), e);
    }
  }

  private List<String> text(EvaluateBench.Result result) {
    List<String> lines = new ArrayList<>();
    lines.add("metric   seconds  times auc");
    List<Double> auc = result.turns().turns().stream().map(PeerTurns.Turn::seconds).toList();
    lines.add(line("auc", auc, result));
    lines.add(line("gauc", result.gauc(), result));
    lines.add(line("ndcg@10", result.ndcg(), result));
    lines.addAll(PeerTurnsView.text(result.turns(), "auc"));
    result
        .replicates()
        .ifPresent(
            seconds ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "%d replicates of %d metrics in %.1f s",
                        replicates,
                        binary().size(),
                        seconds)));
    return lines;
  }

  /** The last round's seconds, as the first ones warm up. */
  private static String line(String name, List<Double> seconds, EvaluateBench.Result result) {
    return String.format(
        Locale.ROOT,
        "%-7s %8.3f %10.2f",
        name,
        seconds.get(seconds.size() - 1),
        result.timesAuc(seconds));
  }
}
