package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mtl4j.core.training.TransferReport;
import org.mtl4j.core.training.TransferReport.Left;
import org.mtl4j.core.training.TransferReport.Means;
import org.mtl4j.core.training.TransferReport.Rows;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.Listing;
import org.mtl4j.eval.report.Paragraph;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.Table;

/** What a run took over from another one, for people: lines of a console, a section of a page. */
final class TransferWords {
  private static final int NAMED = 4;

  private TransferWords() {}

  /** A few lines. */
  static List<String> lines(Transferred transferred) {
    TransferReport report = transferred.report();
    List<String> lines = new ArrayList<>();
    lines.add(headline(transferred));
    report.tables().forEach(table -> lines.add("  " + sentence(table, report.similar())));
    if (!transferred.kept().isEmpty()) {
      lines.add("  transforms kept: " + String.join(", ", transferred.kept()));
    }
    named("new", report.fresh()).ifPresent(lines::add);
    named("not used", report.unused()).ifPresent(lines::add);
    return lines;
  }

  private static String headline(Transferred transferred) {
    TransferReport report = transferred.report();
    return "begins from %s, step %d: %d variables and rows of %d tables are its own, %d new"
        .formatted(
            transferred.source().run(),
            transferred.source().step(),
            report.copied().size(),
            report.tables().size(),
            report.fresh().size());
  }

  private static String sentence(Rows table, List<Means> means) {
    String rows =
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d rows, out of %,d",
            table.tensor(),
            table.copied(),
            table.rows(),
            table.sourceRows());
    return rows + similar(table, means);
  }

  private static String similar(Rows table, List<Means> means) {
    return means.stream()
        .filter(mean -> mean.tensor().equals(table.tensor()))
        .map(
            mean ->
                "; from the mean of similar ones "
                    + mean.rows().stream()
                        .map(count -> String.format(Locale.ROOT, "%,d", count))
                        .collect(Collectors.joining(" + ")))
        .findFirst()
        .orElse("");
  }

  private static Optional<String> named(String title, List<Left> left) {
    if (left.isEmpty()) {
      return Optional.empty();
    }
    String more = left.size() > NAMED ? ", and " + (left.size() - NAMED) + " more" : "";
    return Optional.of(
        left.stream()
            .limit(NAMED)
            .map(l -> l.tensor() + " (" + l.why() + ")")
            .collect(Collectors.joining(", ", "  " + title + ": ", more)));
  }

  /** All of it. */
  static Section section(Transferred transferred) {
    TransferReport report = transferred.report();
    List<Element> elements = new ArrayList<>();
    elements.add(Paragraph.of(headline(transferred) + "."));
    if (!transferred.kept().isEmpty()) {
      elements.add(
          Paragraph.of(
              "Its transforms are kept for: " + String.join(", ", transferred.kept()) + "."));
    }
    if (!report.tables().isEmpty()) {
      elements.add(
          new Table(
              List.of(
                  "table", "rows taken over", "rows", "rows of the source", "from similar ones"),
              report.tables().stream().map(table -> row(table, report.similar())).toList()));
    }
    List<String> rest =
        Stream.of(
                report.copied().stream().map(name -> name + ": taken over"),
                report.fresh().stream().map(l -> l.tensor() + ": new, " + l.why()),
                report.unused().stream().map(l -> l.tensor() + ": not used, " + l.why()))
            .flatMap(lines -> lines)
            .toList();
    elements.add(new Listing(rest));
    return new Section("Transfer", elements);
  }

  private static List<Table.Cell> row(Rows table, List<Means> means) {
    return Stream.concat(
            Stream.of(table.tensor()),
            Stream.concat(
                Stream.of(table.copied(), table.rows(), table.sourceRows())
                    .map(n -> String.format(Locale.ROOT, "%,d", n)),
                Stream.of(
                    means.stream()
                        .filter(mean -> mean.tensor().equals(table.tensor()))
                        .map(
                            mean ->
                                String.format(
                                    Locale.ROOT,
                                    "%,d",
                                    mean.rows().stream().mapToInt(Integer::intValue).sum()))
                        .findFirst()
                        .orElse(""))))
        .map(Table.Cell::of)
        .toList();
  }
}
