package org.mtl4j.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The marks are those of The Unicode Standard, table 23-2. */
class FileStartTest {
  private static final String ROWS = "a,b\n1,2\n";

  @Test
  void whatJavaWritesInACharacterSetIsNoContradictionToIt() {
    List<String> names =
        List.of(
            "UTF-16",
            "UTF-16LE",
            "UTF-16BE",
            "x-UTF-16LE-BOM",
            "UTF-32",
            "UTF-32LE",
            "UTF-32BE",
            "X-UTF-32LE-BOM",
            "X-UTF-32BE-BOM",
            "UTF-8",
            "ISO-8859-1",
            "IBM1047",
            "x-JISAutoDetect");
    for (String name : names) {
      Charset charset = Charset.forName(name);
      Charset writer = charset.canEncode() ? charset : StandardCharsets.US_ASCII;
      assertThat(start(ROWS.getBytes(writer)).contradiction(charset)).as(name).isEmpty();
      if (name.contains("UTF")) {
        byte[] marked = ("\uFEFF" + ROWS).getBytes(charset);
        assertThat(start(marked).contradiction(charset)).as(name).isEmpty();
      }
    }
  }

  @Test
  void aMarkOfAnotherEncodingIsNamed() {
    assertMarked("fffe610000000000", "UTF-8", "UTF-16");
    assertMarked("feff0061", "UTF-8", "UTF-16");
    assertMarked("fffe000061000000", "UTF-8", "UTF-32");
    assertMarked("0000feff00000061", "UTF-8", "UTF-32");
    assertMarked("fffe000061000000", "UTF-16", "UTF-32");
    assertMarked("fffe000061000000", "x-UTF-16LE-BOM", "UTF-32");
    assertMarked("fffe6100", "UTF-32", "UTF-16");
    assertMarked("fffe6100", "UTF-16BE", "UTF-16");
    assertMarked("efbbbf61", "windows-1252", "UTF-8");
    assertMarked("efbbbf61", "UTF-16LE", "UTF-8");
  }

  private static void assertMarked(String bytes, String charset, String found) {
    assertThat(start(HexFormat.of().parseHex(bytes)).contradiction(Charset.forName(charset)))
        .contains(
            new FileStart.Finding(
                "Expected %s, found the byte order mark of %s.".formatted(charset, found),
                "Set data.source.encoding: " + found + "."));
  }

  @Test
  void zerosAreNoTextOfAnyEncodingButTheWideOnes() {
    for (String charset : List.of("UTF-8", "ISO-8859-1", "GB18030")) {
      assertThat(
              start("a\0".getBytes(StandardCharsets.UTF_8)).contradiction(Charset.forName(charset)))
          .hasValueSatisfying(finding -> assertThat(finding.what()).contains("a zero as byte 2"));
    }
    assertThat(start(new byte[0]).contradiction(StandardCharsets.UTF_8)).isEmpty();
  }

  private static FileStart start(byte[] bytes) {
    return new FileStart(bytes);
  }
}
