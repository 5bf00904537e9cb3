package org.mtl4j.experiment.describe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigNode;

/** What it writes is read by the reader of experiments, and is what was written. */
class FlowYamlTest {
  @Test
  void textIsReadAsItWasWritten() {
    for (String text :
        List.of(
            "plain",
            "no",
            "Y",
            "~",
            "1",
            "1e3",
            "",
            " a ",
            "a: b",
            "{x}",
            "[",
            "\"",
            "\\",
            "\t",
            "#a",
            "'",
            "a\nb",
            "\u0007",
            "\u0085",
            "é",
            "\uD83D\uDE00",
            "-",
            "&a",
            "*a",
            "!t",
            "%",
            "@",
            "`")) {
      ConfigNode node =
          ConfigFile.parse("key: " + FlowYaml.of(List.of(text, "end")), "test")
              .root()
              .entries()
              .get("key");
      ConfigNode first = ((ConfigNode.Sequence) node).items().get(0);
      assertThat(((ConfigNode.Scalar) first).text()).as("<%s>", text).isEqualTo(text);
    }
  }

  @Test
  void mapsAndListsStandOnOneLine() {
    assertThat(FlowYaml.of(Map.of("path", List.of("a.csv", 2, true))))
        .isEqualTo("{path: [a.csv, 2, true]}");
  }
}
