package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.DownloadConsole;
import org.mtl4j.cli.console.ExitCode;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.catalogue.Edition;
import org.mtl4j.data.catalogue.PublicDataset;
import org.mtl4j.data.download.DatasetDownload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl datasets get}: fetches a public data set. */
@Command(
    name = "get",
    description =
        "Fetches a public data set into a folder: resumed where it was cut off, verified, unpacked,"
            + " whole or not at all. Mind its licence: mtl datasets NAME says it.",
    footer = {
      "",
      "Examples:",
      "  mtl datasets get movielens --to data/ml-100k",
      "  mtl datasets get movielens --edition 1m --to data/ml-1m",
      "  mtl datasets get taobao --to data/taobao --from Downloads"
    })
public final class DatasetsGetCommand extends MtlCommand {
  private final Map<String, PublicDataset> datasets;
  private final Interruption interruption;

  @Parameters(paramLabel = "NAME", description = "The data set, as mtl datasets lists it.")
  private String name;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "The folder to make; it must not be there yet, or be empty.")
  private Path to;

  @Option(
      names = "--edition",
      paramLabel = "EDITION",
      description = "Which of the set's editions; default: the first that mtl datasets NAME lists.")
  private String edition;

  @Option(
      names = "--from",
      paramLabel = "URL_OR_DIR",
      description = "Take the files by their names from this address or folder.")
  private String from;

  @Option(names = "--yes", description = "Fetch more than 500 MB unasked.")
  private boolean yes;

  /** The command over the sets that are bound. */
  @Inject
  public DatasetsGetCommand(
      Console console, Map<String, PublicDataset> datasets, Interruption interruption) {
    super(console);
    this.datasets = datasets;
    this.interruption = interruption;
  }

  @Override
  protected Answer answer() {
    PublicDataset dataset = DatasetChoice.of(datasets, name);
    Edition chosen = edition(dataset);
    boolean whole;
    try (DownloadConsole progress = new DownloadConsole(console(), interruption, yes, System.in)) {
      whole = new DatasetDownload(dataset, chosen, to, Optional.ofNullable(from), progress).run();
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dataset", dataset.name());
    json.put("edition", chosen.name());
    json.put("folder", to.toString());
    json.put("status", whole ? "whole" : "interrupted");
    return whole ? whole(dataset, json) : interrupted(json);
  }

  private Answer whole(PublicDataset dataset, Map<String, Object> json) {
    return Answer.of(
        json,
        List.of(
            "%s is in %s. In an experiment file:".formatted(dataset.name(), to),
            "  source: {type: %s, path: %s}".formatted(dataset.name(), to),
            "Licence: " + dataset.card().licence() + ".",
            "Cite: " + dataset.card().citation()));
  }

  private static Answer interrupted(Map<String, Object> json) {
    return new Answer(
        json,
        List.of("Interrupted; run the command again, and it goes on where it was."),
        ExitCode.INTERRUPTED);
  }

  private Edition edition(PublicDataset dataset) {
    List<Edition> editions = dataset.card().editions();
    if (edition == null) {
      return editions.get(0);
    }
    return dataset
        .card()
        .edition(edition)
        .orElseThrow(
            () ->
                new MtlException(
                    new Problem(
                        ErrorCode.UNKNOWN_NAME,
                        "--edition",
                        "There is no edition \"%s\" of %s.".formatted(edition, dataset.name()),
                        Nearest.hint(edition, editions.stream().map(Edition::name).toList()))));
  }
}
