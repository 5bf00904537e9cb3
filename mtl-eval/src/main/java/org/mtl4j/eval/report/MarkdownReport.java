package org.mtl4j.eval.report;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A report as Markdown, for a merge request or a wiki: text and tables. A plot is named, with its
 * reading, and has to be looked at in the page.
 */
final class MarkdownReport {
  /** What Markdown, or the HTML in it, would take for more than a letter. */
  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]<>()#+!|~&-]");

  private static final Pattern BREAK = Pattern.compile("\\R");

  private MarkdownReport() {}

  static String write(Report report) {
    StringBuilder text = new StringBuilder("# " + escape(report.title()) + "\n");
    for (Report.Section section : report.sections()) {
      text.append("\n## ").append(escape(section.title())).append('\n');
      section.elements().forEach(element -> text.append('\n').append(element(element)));
    }
    return text.toString();
  }

  private static String element(Element element) {
    if (element instanceof Paragraph paragraph) {
      boolean warns = paragraph.tone() == Paragraph.Tone.WARNING;
      return (warns ? "**Note:** " : "") + escape(paragraph.text()) + "\n";
    }
    if (element instanceof Listing list) {
      StringBuilder text = new StringBuilder();
      list.items().forEach(item -> text.append("- ").append(escape(item)).append('\n'));
      return text.toString();
    }
    if (element instanceof Code code) {
      String fence = fence(code.text());
      return fence + "\n" + code.text().stripTrailing() + "\n" + fence + "\n";
    }
    if (element instanceof Table table) {
      return table(table);
    }
    Chart.Caption caption = ((Chart) element).caption();
    return "*Plot: " + escape(caption.title()) + ".* " + escape(caption.reading()) + "\n";
  }

  private static String table(Table table) {
    StringBuilder text = new StringBuilder(line(table.head()));
    text.append("|---").append("|--:".repeat(table.head().size() - 1)).append("|\n");
    for (List<Table.Cell> row : table.rows()) {
      text.append(line(row.stream().map(Table.Cell::text).toList()));
    }
    return text.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells.stream().map(MarkdownReport::escape).toList()) + " |\n";
  }

  /** More backticks than the text has in a row. */
  private static String fence(String text) {
    String fence = "```";
    while (text.contains(fence)) {
      fence = String.join("", Collections.nCopies(fence.length() + 1, "`"));
    }
    return fence;
  }

  private static String escape(String text) {
    String line = BREAK.matcher(text).replaceAll(" ");
    return SPECIAL
        .matcher(line)
        .replaceAll(match -> "\\\\" + (match.group().equals("\\") ? "\\\\" : match.group()));
  }
}
