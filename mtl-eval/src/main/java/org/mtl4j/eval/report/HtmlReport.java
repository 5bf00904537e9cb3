package org.mtl4j.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A report as one page that opens offline: plots are drawn by ECharts, which stands in the page.
 *
 * <p>Nothing that comes from data can run: texts are escaped, plots come as JSON in which no tag
 * can begin, and the page's policy lets only our own two scripts run, by their hashes, and nothing
 * be fetched.
 */
final class HtmlReport {
  /** Tells a page of ours from another. */
  private static final String GENERATOR = "<meta name=\"generator\" content=\"MTL4J\">\n";

  private static final int HEAD = 1024;
  private static final String LIBRARY = PageAssets.chartLibrary();
  private static final String SCRIPT = PageAssets.read("report.js");
  private static final String STYLE = PageAssets.read("report.css");

  private final StringBuilder page = new StringBuilder(1 << 16);
  private final List<Chart> charts = new ArrayList<>();

  private HtmlReport() {}

  static String write(Report report) {
    HtmlReport html = new HtmlReport();
    html.append(report);
    return html.page.toString();
  }

  static boolean wrote(Path file) throws IOException {
    try (InputStream page = Files.newInputStream(file)) {
      return new String(page.readNBytes(HEAD), StandardCharsets.UTF_8).contains(GENERATOR);
    }
  }

  private void append(Report report) {
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    page.append("style-src 'unsafe-inline'; script-src '").append(hash(LIBRARY)).append("' '");
    page.append(hash(SCRIPT)).append("'; base-uri 'none'; form-action 'none'\">\n");
    page.append(GENERATOR);
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    tag("title", report.title());
    page.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    tag("h1", report.title());
    contents(report);
    for (int i = 0; i < report.sections().size(); i++) {
      page.append("<section id=\"section-").append(i + 1).append("\">\n");
      tag("h2", report.sections().get(i).title());
      append(report.sections().get(i).elements());
      page.append("</section>\n");
    }
    if (!charts.isEmpty()) {
      scripts();
    }
    page.append("</body>\n</html>\n");
  }

  private void contents(Report report) {
    page.append("<nav aria-label=\"Contents\"><ul>\n");
    for (int i = 0; i < report.sections().size(); i++) {
      page.append("<li><a href=\"#section-").append(i + 1).append("\">");
      page.append(escape(report.sections().get(i).title())).append("</a></li>\n");
    }
    page.append("</ul></nav>\n");
  }

  /** Plots in a row stand beside each other where the window is wide enough. */
  private void append(List<Element> elements) {
    for (int i = 0; i < elements.size(); i++) {
      boolean plot = elements.get(i) instanceof Chart;
      page.append(plot && !isPlot(elements, i - 1) ? "<div class=\"plots\">\n" : "");
      append(elements.get(i));
      page.append(plot && !isPlot(elements, i + 1) ? "</div>\n" : "");
    }
  }

  private static boolean isPlot(List<Element> elements, int index) {
    return index >= 0 && index < elements.size() && elements.get(index) instanceof Chart;
  }

  private void append(Element element) {
    if (element instanceof Paragraph paragraph) {
      page.append("<p class=\"").append(lower(paragraph.tone())).append("\">");
      page.append(escape(paragraph.text())).append("</p>\n");
    } else if (element instanceof Listing list) {
      page.append("<ul>\n");
      list.items().forEach(item -> tag("li", item));
      page.append("</ul>\n");
    } else if (element instanceof Code code) {
      page.append("<pre tabindex=\"0\">").append(escape(code.text())).append("</pre>\n");
    } else if (element instanceof Table table) {
      append(table);
    } else {
      append((Chart) element);
    }
  }

  private void append(Table table) {
    page.append("<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr>");
    table.head().forEach(title -> page.append("<th scope=\"col\">" + escape(title) + "</th>"));
    page.append("</tr></thead>\n<tbody>\n");
    for (List<Table.Cell> row : table.rows()) {
      page.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        String name = i == 0 ? "th" : "td";
        page.append('<').append(name).append(i == 0 ? " scope=\"row\"" : "");
        page.append(" class=\"").append(lower(row.get(i).mark())).append("\">");
        page.append(escape(row.get(i).text())).append("</").append(name).append('>');
      }
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table></div>\n");
  }

  private void append(Chart chart) {
    page.append("<figure data-plot=\"").append(charts.size()).append("\">\n<figcaption><strong>");
    page.append(escape(chart.caption().title())).append("</strong> ");
    page.append(escape(chart.caption().reading())).append("</figcaption>\n");
    page.append("<div class=\"plot\"></div>\n</figure>\n");
    charts.add(chart);
  }

  private void scripts() {
    page.append("<noscript><p class=\"warning\">The plots need JavaScript.</p></noscript>\n");
    page.append("<script type=\"application/json\" id=\"plots\">[");
    List<String> plots = charts.stream().map(JsonReport::write).toList();
    // In JSON a "<" stands in texts only, where it may be written so; no tag can begin then.
    page.append(String.join(",\n", plots).replace("<", "\\u003c")).append("]</script>\n");
    page.append("<script>").append(LIBRARY).append("</script>\n");
    page.append("<script>").append(SCRIPT).append("</script>\n");
  }

  private void tag(String name, String text) {
    page.append('<').append(name).append('>').append(escape(text));
    page.append("</").append(name).append(">\n");
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
