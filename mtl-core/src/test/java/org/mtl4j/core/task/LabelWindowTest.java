package org.mtl4j.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelWindowTest {
  @Test
  void lengthsAreReadInTheirUnits() {
    assertThat(LabelWindow.parse("45s").seconds()).isEqualTo(45);
    assertThat(LabelWindow.parse("90m").seconds()).isEqualTo(5_400);
    assertThat(LabelWindow.parse("36h").seconds()).isEqualTo(129_600);
    assertThat(LabelWindow.parse("7d").seconds()).isEqualTo(604_800);
    assertThat(LabelWindow.parse("1.5w").seconds()).isEqualTo(907_200);
  }

  @Test
  void labelIsKnownFromTheWindowsEndOn() {
    LabelWindow day = LabelWindow.parse("1d");
    assertThat(day.isKnown(86_400)).isTrue();
    assertThat(day.isKnown(86_399.999)).isFalse();
    assertThat(day.isKnown(-1)).isFalse();
    assertThat(day.isKnown(Double.NaN)).isFalse();
  }

  @Test
  void whatIsNoLengthIsRefused() {
    for (String text : List.of("7", "d", "7 d", "7D", "-7d", "0d", "0.0h", "7days", "1e3s", "")) {
      assertThatThrownBy(() -> LabelWindow.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "label_window: expected a number above 0 and its unit, s, m, h, d or w, such as 7d,"
                  + " found \""
                  + text
                  + "\"");
    }
  }
}
