package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.describe.ColumnSummary;
import org.mtl4j.data.describe.TableSummary;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;
import org.mtl4j.data.source.OnBadRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mtl describe}: what is in a CSV file. */
@Command(
    name = "describe",
    description = "Tells of each column of a CSV file its type, missing share and values.",
    footer = {
      "",
      "Examples:",
      "  mtl describe log.csv",
      "  mtl describe u.data --delimiter '\\t' --no-header",
      "  mtl describe adult.data --trim --missing '?'"
    })
public final class DescribeCommand extends MtlCommand {
  private static final int VALUE_WIDTH = 20;
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*\\.?[0-9]+");

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of one table.")
  private List<String> files;

  @Option(
      names = "--delimiter",
      paramLabel = "TEXT",
      description = "What stands between fields; default: a comma, a tab for .tsv files.")
  private String delimiter;

  @Option(names = "--no-header", description = "The first line holds data, not names.")
  private boolean noHeader;

  @Option(
      names = "--missing",
      split = ",",
      paramLabel = "TEXT",
      description = "Values that stand for a missing one, besides the empty text.")
  private List<String> missing = List.of();

  @Option(names = "--trim", description = "Take blanks around values off.")
  private boolean trim;

  @Option(
      names = "--encoding",
      defaultValue = "UTF-8",
      description = "The files' character set; default: ${DEFAULT-VALUE}.")
  private String encoding;

  @Option(
      names = "--on-bad-row",
      defaultValue = "error",
      paramLabel = "error|skip",
      description = "What to do with a row of too few or too many fields; default: error.")
  private OnBadRow onBadRow;

  @Option(
      names = "--max-bad-rows",
      paramLabel = "N",
      description = "How many rows are skipped at most; default: 1000.")
  private Integer maxBadRows;

  /** The command. */
  @Inject
  public DescribeCommand(Console console) {
    super(console);
  }

  @Override
  protected Answer answer() {
    try {
      CsvSource source = source();
      TableSummary summary = TableSummary.of(source);
      warn(source.warnings());
      return Answer.of(json(summary), text(summary));
    } catch (MtlException e) {
      throw SourceOptions.inWords(e);
    }
  }

  private CsvSource source() {
    if (!noHeader) {
      CsvSource source = new CsvSource(config(Optional.empty()));
      if (source.columns().names().stream().anyMatch(NUMBER.asMatchPredicate())) {
        console().note("warning: the first line looks like data; --no-header takes it as such");
      }
      return source;
    }
    int width = CsvSource.width(config(Optional.empty()));
    return new CsvSource(
        config(Optional.of(IntStream.rangeClosed(1, width).mapToObj(i -> "column_" + i).toList())));
  }

  private CsvConfig config(Optional<List<String>> columns) {
    boolean tabs = files.get(0).matches(".*\\.tsv(\\.gz|\\.zst)?");
    String between = delimiter == null ? (tabs ? "\t" : ",") : delimiter;
    try {
      return new CsvConfig(files, columns, between, missing, trim, encoding, onBadRow, maxBadRows);
    } catch (IllegalArgumentException e) {
      throw new MtlException(
          Problem.of(
              ErrorCode.USAGE, "mtl describe", "--" + e.getMessage().replace('_', '-') + "."),
          e);
    }
  }

  private static Map<String, Object> json(TableSummary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", summary.rows());
    json.put("columns", summary.columns().stream().map(DescribeCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(ColumnSummary column) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", column.name());
    json.put("type", type(column));
    json.put("missing", column.missing());
    json.put("distinct", column.distinct().count());
    json.put("distinct_exact", column.distinct().exact());
    column.range().ifPresent(range -> json.put("range", range));
    json.put("frequent", column.frequent());
    return json;
  }

  private static List<String> text(TableSummary summary) {
    TextTable table =
        new TextTable(List.of("column", "type", "missing", "distinct", "values")).leftAligned();
    for (ColumnSummary column : summary.columns()) {
      double share = 100.0 * column.missing() / summary.rows();
      table.row(
          List.of(
              column.name(),
              type(column),
              column.missing() == 0 ? "" : shorten(share, 3) + " %",
              String.format(
                  Locale.ROOT,
                  "%s%,d",
                  column.distinct().exact() ? "" : "more than ",
                  column.distinct().count()),
              values(column)));
    }
    List<String> text = new ArrayList<>(table.lines());
    text.add("");
    text.add(String.format(Locale.ROOT, "%,d rows", summary.rows()));
    return text;
  }

  private static String type(ColumnSummary column) {
    return column.type().name().toLowerCase(Locale.ROOT);
  }

  private static String values(ColumnSummary column) {
    return column
        .range()
        .map(r -> spell(r.min()) + " to " + spell(r.max()) + ", mean " + shorten(r.mean(), 6))
        .orElseGet(
            () ->
                column.frequent().stream()
                    .map(value -> abbreviate(value.value()) + " (" + value.count() + ")")
                    .collect(Collectors.joining(", ")));
  }

  private static String spell(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  private static String shorten(double number, int digits) {
    return new BigDecimal(number, new MathContext(digits)).stripTrailingZeros().toPlainString();
  }

  private static String abbreviate(String value) {
    return value.length() <= VALUE_WIDTH ? value : value.substring(0, VALUE_WIDTH - 3) + "...";
  }
}
