package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.serving.ranking.RankingRequest;
import picocli.CommandLine.Option;

/** What may be recommended of a catalogue, as options say it. */
final class ChoiceOptions {
  private static final Pattern AT_MOST = Pattern.compile("([1-9]\\d{0,8}):(.+)");

  @Option(
      names = "--catalogue",
      arity = "1..*",
      paramLabel = "FILE",
      description = "The items to choose from, a row each, with ids; needs --id.")
  private List<String> catalogue = List.of();

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      description = "The column of --catalogue with the items' ids.")
  private String id;

  @Option(
      names = "--candidates",
      split = ",",
      paramLabel = "ID",
      description = "Only these items of the catalogue, with commas between.")
  private List<String> candidates;

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description =
          "Only items of which this is true, \"stock > 0 and price <= 20\" say; may be repeated.")
  private List<String> where = List.of();

  @Option(
      names = "--at-most",
      paramLabel = "N:COLUMN",
      description =
          "At most so many items of one value of a column, 2:category say; may be repeated.")
  private List<String> atMost = List.of();

  @Option(
      names = "--exclude",
      split = ",",
      paramLabel = "ID",
      description = "Without these items, those that the user has seen say, with commas between.")
  private List<String> exclude = List.of();

  @Option(
      names = "--explain",
      description = "Say for each item what the features add to its score.")
  private boolean explain;

  /** The files of the catalogue. */
  List<String> files() {
    return catalogue;
  }

  /** The column with ids. */
  String id() {
    return id;
  }

  /**
   * Whether there is a catalogue.
   *
   * @throws MtlException USAGE if an option asks for one that is not there, or for its ids
   */
  boolean isGiven() {
    List<Problem> problems = new ArrayList<>();
    if (catalogue.isEmpty()) {
      first().ifPresent(option -> problems.add(needs(option, "--catalogue")));
    } else if (id == null) {
      problems.add(needs("--catalogue", "--id"));
    }
    atMost.stream()
        .filter(text -> !AT_MOST.matcher(text).matches())
        .forEach(
            text ->
                problems.add(
                    Problem.of(
                        ErrorCode.USAGE,
                        "--at-most",
                        "Expected N:COLUMN, 2:category say, found " + text + ".")));
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    return !catalogue.isEmpty();
  }

  private Optional<String> first() {
    if (id != null) {
      return Optional.of("--id");
    }
    if (candidates != null) {
      return Optional.of("--candidates");
    }
    if (!where.isEmpty()) {
      return Optional.of("--where");
    }
    if (!atMost.isEmpty()) {
      return Optional.of("--at-most");
    }
    if (!exclude.isEmpty()) {
      return Optional.of("--exclude");
    }
    return explain ? Optional.of("--explain") : Optional.empty();
  }

  private static Problem needs(String option, String other) {
    return new Problem(
        ErrorCode.USAGE,
        option,
        "Expected " + other + " beside it, found none.",
        "Give the items by --catalogue FILE --id COLUMN.");
  }

  /**
   * Says it all.
   *
   * @throws MtlException EXPRESSION_SYNTAX if a condition is none
   */
  void ask(RankingRequest.Builder request) {
    if (candidates != null) {
      request.ids(candidates);
    }
    where.forEach(request::where);
    request.exclude(exclude);
    for (String text : atMost) {
      Matcher most = AT_MOST.matcher(text);
      if (most.matches()) {
        request.atMost(Integer.parseInt(most.group(1)), most.group(2));
      }
    }
    if (explain) {
      request.explain();
    }
  }
}
