package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.experiment.apply.KeptColumn;
import org.mtl4j.experiment.apply.PredictionFile;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl predict}: predictions for files of rows, as CSV. */
@Command(
    name = "predict",
    description = "Predicts every row of some files into a CSV file.",
    footer = {
      "",
      "The output has the row's number from 0, the kept columns, and a column an output",
      "(OUTPUT:CLASS for each class of a multiclass or multilabel one).",
      "",
      "Examples:",
      "  mtl predict --run runs/shop --data new.csv --output predictions.csv",
      "  mtl predict --model models/shop --data new.csv --output p.csv --keep user_id,item_id",
      "  mtl predict --run runs/shop --data old.csv --output p.csv --keep click=clicked"
    })
public final class PredictCommand extends ModelCommand {
  @Option(
      names = "--data",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files in the format of the run's source; labels are not needed"
              + "; DOMAIN=FILE for a domain of a union.")
  private List<String> data;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The CSV file to write; it must not be there yet.")
  private Path output;

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "COL[=NAME]",
      description = "Columns of the data that go along, under another name if one is given.")
  private List<String> keep = List.of();

  /** The command over the sources that can be opened. */
  @Inject
  public PredictCommand(Console console, ExperimentService service) {
    super(console, service);
  }

  @Override
  protected Answer answer() {
    PredictionFile file =
        new PredictionFile(model(), keep.stream().map(KeptColumn::parse).toList());
    PredictionFile.Written written = file.write(data, output);
    warn(written.warnings());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", output.toString());
    json.put("rows", written.rows());
    json.put("columns", file.header());
    return Answer.of(
        json,
        List.of(String.format(Locale.ROOT, "%,d rows predicted into %s", written.rows(), output)));
  }
}
