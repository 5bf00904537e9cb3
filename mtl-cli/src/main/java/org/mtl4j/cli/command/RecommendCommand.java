package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.FusionFile;
import org.mtl4j.experiment.apply.Candidates;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mtl recommend}: the best candidates for a user. */
@Command(
    name = "recommend",
    description = "Ranks the items in some files for a user.",
    footer = {
      "",
      "The items are a table with a header line and the columns that the user does not have.",
      "",
      "Examples:",
      "  mtl recommend --run runs/shop --user '{\"user_id\": 17, \"hour\": 20}' --items items.csv",
      "  mtl recommend --model models/shop --user user.json --items items.csv --by click --k 5",
      "  mtl recommend --run runs/shop --user user.json --catalogue items.csv --id item_id"
          + " --where \"stock > 0\" --at-most 2:category --exclude a7,b2 --explain"
    })
public final class RecommendCommand extends ModelCommand {
  @Option(
      names = "--user",
      required = true,
      paramLabel = "JSON|FILE",
      description = "The columns of the user and the moment, as a JSON object or a file of one.")
  private String user;

  @Option(
      names = "--items",
      arity = "1..*",
      paramLabel = "FILE",
      description = "The candidates, a row each.")
  private List<String> items = List.of();

  @Mixin private ChoiceOptions choice = new ChoiceOptions();

  @Option(
      names = "--by",
      paramLabel = "OUTPUT",
      description = "The output to rank by; default: the last binary one.")
  private String by;

  @Option(
      names = "--fusion",
      paramLabel = "FILE",
      description = "Rank by the outputs and weights of a file that mtl fuse wrote.")
  private Path fusion;

  @Option(
      names = {"-k", "--k"},
      defaultValue = "10",
      description = "How many at most; default: ${DEFAULT-VALUE}.")
  private int k;

  /** The command over the sources that can be opened. */
  @Inject
  public RecommendCommand(Console console, ExperimentService service) {
    super(console, service);
  }

  @Override
  protected Answer answer() {
    if (k < 1) {
      throw new MtlException(
          Problem.of(ErrorCode.USAGE, "--k", "Expected a number of at least 1, found " + k + "."));
    }
    Map<String, Object> columns = UserJson.parse(user);
    if (by != null && fusion != null) {
      throw new MtlException(
          Problem.of(
              ErrorCode.USAGE, "--fusion", "Expected --by or --fusion, found both of them."));
    }
    boolean isCatalogue = choice.isGiven();
    if (isCatalogue != items.isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--items",
              "Expected --items or --catalogue, found %s."
                  .formatted(isCatalogue ? "both of them" : "neither of them"),
              "--items are all ranked; of a --catalogue some may be left out."));
    }
    return isCatalogue ? chosen(columns) : ranked(columns);
  }

  private Answer chosen(Map<String, Object> columns) {
    Optional<FusionFile> file = Optional.ofNullable(fusion).map(FusionFile::read);
    Candidates candidates = new Candidates(model());
    Candidates.Chosen chosen =
        candidates.choose(
            columns,
            choice.files(),
            choice.id(),
            request -> {
              request.k(k);
              Optional.ofNullable(by).ifPresent(request::by);
              file.ifPresent(weights -> request.by(weights.fusion()));
              choice.ask(request);
            });
    warn(chosen.warnings());
    file.ifPresent(weights -> warn(candidates.warnings(weights)));
    return Answer.of(ChosenView.json(chosen.ranking()), ChosenView.lines(chosen.ranking()));
  }

  private Answer ranked(Map<String, Object> columns) {
    Candidates candidates = new Candidates(model());
    Candidates.Ranking ranking =
        fusion == null
            ? candidates.rank(columns, items, Optional.ofNullable(by), k)
            : candidates.rank(columns, items, FusionFile.read(fusion), k);
    warn(ranking.warnings());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("by", ranking.by());
    json.put("recommendations", ranking.recommendations());
    List<String> text = new ArrayList<>(List.of("ranked by " + ranking.by()));
    text.addAll(RecommendationTable.lines(ranking.recommendations()));
    return Answer.of(json, text);
  }
}
