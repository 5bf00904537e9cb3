package org.mtl4j.data.union;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;
import org.mtl4j.data.source.OnBadRow;
import org.mtl4j.data.source.sql.SourceRows;

class UnionSourceTest {
  @TempDir Path folder;

  @Test
  void theColumnsAreThoseOfAllDomainsAndWhatADomainLacksIsMissing() {
    UnionSource source =
        union(
            "us", BatchSource.of(List.of(Map.of("price", 1.5), Map.of("price", 2))),
            "de", BatchSource.of(List.of(Map.of("stadt", "Köln"))));
    assertThat(source.columns().all())
        .containsExactly(
            new Columns.Column("domain", ColumnType.TEXT),
            new Columns.Column("price", ColumnType.NUMBER),
            new Columns.Column("stadt", ColumnType.TEXT));
    assertThat(SourceRows.of(source))
        .containsExactly(
            Arrays.asList("us", "1.5", null),
            Arrays.asList("us", "2", null),
            Arrays.asList("de", null, "Köln"));
    assertThat(source.missing("domain")).isEmpty();
  }

  @Test
  void recordsAndPlacesTellDomainsApart() {
    BatchSource rows = BatchSource.of(List.of(Map.of("a", 1), Map.of("a", 2)));
    try (RawCursor cursor = union("us", rows, "de", rows).open()) {
      assertThat(cursor.next(9).orElseThrow().place(1)).isEqualTo("row 1 (domain us)");
      RawBatch second = cursor.next(9).orElseThrow();
      assertThat(second.firstRecord()).isEqualTo(2);
      assertThat(second.place(0)).isEqualTo("row 0 (domain de)");
      assertThat(cursor.next(9)).isEmpty();
    }
  }

  @Test
  void numbersBecomeTextBesideAColumnThatMayBeBoth() throws IOException {
    UnionSource source =
        union("us", BatchSource.of(List.of(Map.of("id", 7))), "de", csv("id\n0x1\n", List.of()));
    assertThat(source.columns().all().get(1).type()).isEqualTo(ColumnType.UNTYPED);
    assertThat(SourceRows.of(source)).containsExactly(List.of("us", "7"), List.of("de", "0x1"));
  }

  @Test
  void aMarkerOfOneDomainIsOneInAll() throws IOException {
    UnionSource source =
        union(
            "us", csv("a,b\n?,?\n-,x\n", List.of("?")),
            "de", csv("a\n?\n-\n -1\n", List.of("-")),
            "fr", BatchSource.of(List.of(Map.of("a", 3))));
    assertThat(source.missing("a")).containsExactlyInAnyOrder("?", "-");
    assertThat(source.missing("b")).containsExactly("?");
    assertThat(SourceRows.of(source))
        .containsExactly(
            Arrays.asList("us", null, null),
            Arrays.asList("us", null, "x"),
            Arrays.asList("de", null, null),
            Arrays.asList("de", null, null),
            Arrays.asList("de", " -1", null),
            Arrays.asList("fr", "3", null));
  }

  @Test
  void numbersInOneDomainAndTextInAnotherAreRefused() {
    BatchSource numbers = BatchSource.of(List.of(Map.of("age", 1)));
    BatchSource texts = BatchSource.of(List.of(Map.of("age", "old")));
    assertThat(problem("us", numbers, "de", texts))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT,
                "data.source.sources.de",
                "The column \"age\" holds numbers in the domain \"us\": expected that here too,"
                    + " found text.",
                "Give one of them another name, or cast it, by a source of type sql."));
  }

  @Test
  void aColumnOfTheDomainColumnsNameIsRefused() {
    BatchSource rows = BatchSource.of(List.of(Map.of("a", 1)));
    BatchSource clash = BatchSource.of(List.of(Map.of("domain", "x")));
    assertThat(problem("us", rows, "de", clash))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT,
                "data.source.sources.de",
                "The source has a column \"domain\", and the domain's name is to stand there.",
                "Give the domain's column another name by data.source.column."));
  }

  @Test
  void namesAndOrderOfTheDomainsArePartOfTheFingerprint() {
    BatchSource a = BatchSource.of(List.of(Map.of("a", 1)));
    BatchSource b = BatchSource.of(List.of(Map.of("a", 2)));
    String fingerprint = union("us", a, "de", b).fingerprint();
    assertThat(union("us", a, "de", b).fingerprint()).isEqualTo(fingerprint);
    assertThat(union("de", b, "us", a).fingerprint()).isNotEqualTo(fingerprint);
    assertThat(union("us", a, "uk", b).fingerprint()).isNotEqualTo(fingerprint);
    assertThat(new UnionSource("shop", Map.of("us", a)).fingerprint())
        .isNotEqualTo(new UnionSource("domain", Map.of("us", a)).fingerprint());
  }

  @Test
  void theFingerprintIsAsQuickAsThatOfItsSlowestDomain() {
    BatchSource quick = BatchSource.of(List.of(Map.of("a", 1)));
    BatchSource slow = BatchSource.of(() -> Stream.of(Map.of("a", 1)));
    assertThat(union("us", quick, "de", quick).hasQuickFingerprint()).isTrue();
    assertThat(union("us", quick, "de", slow).hasQuickFingerprint()).isFalse();
  }

  @Test
  void warningsNameTheirDomain() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.csv"), "a\n1\n1,2\n");
    BatchSource bad =
        new CsvSource(
            new CsvConfig(
                List.of(file.toString()),
                Optional.empty(),
                null,
                null,
                false,
                null,
                OnBadRow.SKIP,
                null));
    UnionSource source = union("us", BatchSource.of(List.of(Map.of("a", 1))), "de", bad);
    SourceRows.of(source);
    assertThat(source.warnings())
        .containsExactly("Domain de: 1 bad row was left out: " + file + ", line 3 (2 fields).");
  }

  private BatchSource csv(String text, List<String> missing) throws IOException {
    Path file = Files.createTempFile(folder, "t", ".csv");
    Files.writeString(file, text);
    return new CsvSource(
        new CsvConfig(
            List.of(file.toString()), Optional.empty(), null, missing, false, null, null, null));
  }

  private static UnionSource union(Object... domains) {
    Map<String, BatchSource> sources = new LinkedHashMap<>();
    for (int i = 0; i < domains.length; i += 2) {
      sources.put((String) domains[i], (BatchSource) domains[i + 1]);
    }
    return new UnionSource("domain", sources);
  }

  private static Problem problem(Object... domains) {
    MtlException error = catchThrowableOfType(MtlException.class, () -> union(domains));
    assertThat(error.problems()).hasSize(1);
    return error.problems().get(0);
  }
}
