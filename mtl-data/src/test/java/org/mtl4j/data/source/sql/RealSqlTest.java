package org.mtl4j.data.source.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of docs/experiment-file.md over real files: skipped where those are absent. */
class RealSqlTest {
  private static final Pattern QUERY = Pattern.compile("(?s)query: \\|\n(.*?)\n```");

  @Test
  void movieLensIsJoinedByOneQuery() throws IOException {
    Path files = Path.of(System.getProperty("mtl.shared", "../shared"), "data", "movielens-100k");
    assumeTrue(Files.isReadable(files.resolve("u.data")), () -> "skipped: no " + files);
    Path page = Path.of(System.getProperty("mtl.root", ".."), "docs", "experiment-file.md");
    Matcher example = QUERY.matcher(Files.readString(page));
    assertThat(example.find()).as("a query in %s", page).isTrue();
    String query = example.group(1).replace("../shared/data/movielens-100k", files.toString());
    SqlSource source = new SqlSource(SqlConfig.of(query));
    assertThat(source.columns().names())
        .containsExactly(
            "user_id",
            "item_id",
            "rating",
            "time",
            "age",
            "gender",
            "occupation",
            "zip",
            "title",
            "comedy",
            "drama");
    List<List<String>> rows = SourceRows.of(source);
    assertThat(rows).hasSize(100_000);
    assertThat(rows.get(0))
        .isEqualTo(
            List.of(
                "196",
                "242",
                "3",
                "881250949",
                "49",
                "M",
                "writer",
                "55105",
                "Kolya (1996)",
                "1",
                "0"));
    assertThat(rows.stream().filter(row -> Integer.parseInt(row.get(2)) >= 4)).hasSize(55_375);
    assertThat(rows.get(1)).contains("00000", "L.A. Confidential (1997)");
    assertThat(rows.stream().map(row -> row.get(8))).contains("Mis\u00e9rables, Les (1995)");
  }
}
