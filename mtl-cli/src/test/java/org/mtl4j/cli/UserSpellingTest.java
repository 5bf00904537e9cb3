package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;

/** A number in {@code --user} is the id that a file spells the same way. */
class UserSpellingTest {
  @TempDir private Path folder;

  private BrokenShop shop;

  @Test
  void numbersKeepTheirDigits() throws IOException {
    shop = BrokenShop.in(folder);
    String rows = BrokenShop.ROWS.replace("ann", "1.10").replace("bob", "1.1");
    shop.log(BrokenShop.HEADER + rows.replace("cid", "1e3"));
    Ran trained = shop.train();
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Files.writeString(folder.resolve("items.csv"), "price\n1\n2\n");
    for (String id : new String[] {"1.10", "1.1", "1e3"}) {
      assertThat(recommend(id)).as(id).isEqualTo(recommend("\"" + id + "\""));
    }
    assertThat(recommend("1.10")).isNotEqualTo(recommend("1.1"));
    assertThat(recommend("1000")).isNotEqualTo(recommend("1e3"));
  }

  private JsonNode recommend(String user) {
    Ran ran =
        shop.mtl(
            "recommend",
            "--run",
            "DIR/run",
            "--user",
            "{\"user\": " + user + "}",
            "--items",
            "DIR/items.csv",
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return ran.json();
  }
}
