package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.data.catalogue.PublicDataset;
import org.mtl4j.experiment.run.Parts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mtl datasets}: what {@code data.source.type} can be; of a public set, where it is. */
@Command(
    name = "datasets",
    description = {
      "Lists the sources that an experiment can name, public data sets among them, with their keys"
          + " and defaults; or says what is known of one public data set."
    },
    footer = {
      "",
      "Examples:",
      "  data: {source: {type: csv, path: log.csv, missing: [\"?\"]}}",
      "  mtl datasets movielens",
      "  mtl datasets get movielens --edition 1m --to data/ml-1m"
    },
    subcommands = DatasetsGetCommand.class)
public final class DatasetsCommand extends CatalogueCommand {
  private final Map<String, PublicDataset> datasets;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A public data set: its page, licence, citation, columns and files.")
  private String name;

  /** The command over everything that is bound. */
  @Inject
  public DatasetsCommand(Console console, Parts parts, Map<String, PublicDataset> datasets) {
    super(console, parts.sources());
    this.datasets = datasets;
  }

  @Override
  String sentence(String source, Class<? extends Record> config) {
    PublicDataset dataset = datasets.get(source);
    return dataset == null ? super.sentence(source, config) : dataset.card().title() + ".";
  }

  @Override
  protected Answer answer() {
    if (name == null) {
      return super.answer();
    }
    PublicDataset dataset = DatasetChoice.of(datasets, name);
    return Answer.of(DatasetCardView.json(dataset), DatasetCardView.text(dataset));
  }
}
