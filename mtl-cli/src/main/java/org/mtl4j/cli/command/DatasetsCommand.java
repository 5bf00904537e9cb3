package org.mtl4j.cli.command;

import com.google.inject.Inject;
import org.mtl4j.cli.console.Console;
import org.mtl4j.experiment.run.Parts;
import picocli.CommandLine.Command;

/** {@code mtl datasets}: what {@code data.source.type} can be. */
@Command(
    name = "datasets",
    description = "Lists the sources that an experiment can name, with their keys and defaults.",
    footer = {"", "Example:", "  data: {source: {type: csv, path: log.csv, missing: [\"?\"]}}"})
public final class DatasetsCommand extends CatalogueCommand {
  /** The command over everything that is bound. */
  @Inject
  public DatasetsCommand(Console console, Parts parts) {
    super(console, parts.sources());
  }
}
