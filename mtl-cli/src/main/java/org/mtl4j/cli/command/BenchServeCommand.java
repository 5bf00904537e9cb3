package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.bench.ServeBenchModel;
import org.mtl4j.server.bench.BenchSetup;
import org.mtl4j.server.bench.Overloading;
import org.mtl4j.server.bench.SideBySide;
import org.mtl4j.server.bench.Starting;
import org.mtl4j.server.bench.Swapping;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl bench serve}: a server in its own process under load from this one. */
@Command(
    name = "serve",
    showDefaultValues = true,
    description = {
      "Times a server, in a process of its own, under load from this one:",
      "  start       from its start until it is ready",
      "  row         one client, a row a request, beside the model in this process",
      "  candidates  --threads clients, --candidates rows a request, beside the model in this",
      "              process, asked from as many threads",
      "  clients     --clients clients, a row a request, with batches and without",
      "  overload    --candidates rows a request at --times times its capacity",
      "  swap        --swaps new versions under load, then a SIGTERM under load"
    },
    footer = {
      "",
      "Examples: all on the model of mtl bench train, and a version of one's own:",
      "  mtl bench serve",
      "  mtl bench serve row candidates --model models/shop/3 --rounds 7"
    })
public final class BenchServeCommand extends BenchmarkCommand {
  /** What can be measured. */
  public enum Scenario {
    /** See the command's help, as for the others. */
    START,
    /** One row. */
    ROW,
    /** Many rows. */
    CANDIDATES,
    /** Many clients. */
    CLIENTS,
    /** Too many requests. */
    OVERLOAD,
    /** New versions. */
    SWAP
  }

  @Parameters(
      paramLabel = "SCENARIO",
      arity = "0..*",
      showDefaultValue = Help.Visibility.NEVER,
      description = "What to measure: ${COMPLETION-CANDIDATES}; all if none is named.")
  private List<Scenario> scenarios = new ArrayList<>();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The folder of a version, with its warm-up file; default: one is made.")
  private Path model;

  @Option(names = "--fields", defaultValue = "26", description = "Features of the made model.")
  private int fields;

  @Option(names = "--vocabulary", defaultValue = "100000", description = "Its ids a feature.")
  private int vocabulary;

  @Option(names = "--dim", defaultValue = "16", description = "Width of its embedding tables.")
  private int dim;

  @Option(names = "--rounds", defaultValue = "5", description = "Turns of each side.")
  private int rounds;

  @Option(
      names = "--time",
      defaultValue = "5s",
      converter = TimeText.class,
      paramLabel = "TIME",
      description = "How long a turn takes.")
  private Duration time;

  @Option(names = "--candidates", defaultValue = "100", description = "Rows a large request.")
  private int candidates;

  @Option(
      names = "--threads",
      showDefaultValue = Help.Visibility.NEVER,
      description = "Clients of the scenario candidates; default: as many as there are cores.")
  private Integer threads;

  @Option(
      names = "--clients",
      defaultValue = "64",
      description = "Clients of the scenario clients.")
  private int clients;

  @Option(names = "--times", defaultValue = "3", description = "Times the capacity.")
  private double times;

  @Option(names = "--swaps", defaultValue = "20", description = "New versions.")
  private int swaps;

  @Option(
      names = "--server-option",
      paramLabel = "OPTION",
      description = "An option of mtl serve, --server-option=--threads=4 say; may be repeated.")
  private List<String> serverOptions = new ArrayList<>();

  @Option(
      names = "--folder",
      defaultValue = "${sys:java.io.tmpdir}",
      description = "Where to put the versions that are served.")
  private Path folder;

  /** The command. */
  @Inject
  public BenchServeCommand(Console console, Interruption interruption) {
    super(console, interruption);
  }

  @Override
  Optional<Path> folder() {
    return Optional.of(folder);
  }

  @Override
  Answer measure(BooleanSupplier stopRequested) throws InterruptedException {
    try {
      if (model != null) {
        return measure(model, stopRequested);
      }
      ServeBenchModel made = new ServeBenchModel(fields, vocabulary, dim);
      console().note("making the model...");
      try (ServeBenchModel.Made version = made.make(folder)) {
        return measure(version.version(), stopRequested);
      }
    } catch (IllegalArgumentException e) {
      throw new MtlException(
          Problem.of(ErrorCode.USAGE, "mtl bench serve", "--" + e.getMessage() + "."), e);
    }
  }

  private Answer measure(Path version, BooleanSupplier stopRequested) throws InterruptedException {
    if (!Files.isRegularFile(version.resolve("mtl4j.json"))) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              version.toString(),
              "Expected the folder of a version that mtl export wrote, found no mtl4j.json in it.",
              "Give the version, BASE/1 say, not the folder above it."));
    }
    BenchSetup setup =
        new BenchSetup(
            version,
            folder,
            this::command,
            new BenchSetup.Rounds(rounds, time),
            new BenchSetup.Watching(console()::note, stopRequested));
    ServeBenchView view = new ServeBenchView();
    for (Scenario scenario : chosen()) {
      console().note(scenario.name().toLowerCase(Locale.ROOT));
      switch (scenario) {
        case START -> view.start(new Starting(setup).run());
        case ROW -> view.protocols("row", new SideBySide(setup).protocols(1, 1));
        case CANDIDATES ->
            view.protocols("candidates", new SideBySide(setup).protocols(candidates, threads()));
        case CLIENTS -> view.clients(new SideBySide(setup).batches(1, clients));
        case OVERLOAD -> view.overload(new Overloading(setup).run(candidates, times));
        case SWAP -> view.swap(new Swapping(setup).run(1, swaps));
      }
    }
    return Answer.of(view.json(), view.text());
  }

  private Set<Scenario> chosen() {
    return new LinkedHashSet<>(scenarios.isEmpty() ? List.of(Scenario.values()) : scenarios);
  }

  private int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  private List<String> command(Path base, List<String> options) {
    List<String> more = new ArrayList<>(serverOptions);
    more.addAll(options);
    return ServerCommandLine.likeThisProcess().serving(base, more);
  }
}
