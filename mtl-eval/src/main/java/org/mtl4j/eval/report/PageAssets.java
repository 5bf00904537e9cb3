package org.mtl4j.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** What a page is made of beside its content: script, style, and the charting library's file. */
final class PageAssets {
  private static final String LIBRARY = "/META-INF/maven/org.webjars/echarts/pom.properties";

  private PageAssets() {}

  /** A file of this package. */
  static String read(String name) {
    return text(name);
  }

  /** ECharts, from its web jar, whose folder goes by the version. */
  static String chartLibrary() {
    Properties jar = new Properties();
    try {
      jar.load(new StringReader(text(LIBRARY)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = jar.getProperty("version");
    return text("/META-INF/resources/webjars/echarts/" + version + "/echarts.min.js");
  }

  private static String text(String resource) {
    try (InputStream in = PageAssets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "expected " + resource + " on the class path, found nothing; is its jar left out?");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
