package org.mtl4j.data.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;

class PretrainedFitTest {
  private static final Columns COLUMNS = Columns.of(ColumnType.UNTYPED, List.of("item"));
  private static final HeapShare HEAP = HeapShare.of(0.5);

  @TempDir Path folder;

  private PretrainedFeature feature(Path file) {
    return new PretrainedFeature("image", "item", Optional.empty(), file.toString(), false);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("v.txt"), text);
  }

  private static void assertRead(VectorFile.Read read) {
    assertThat(read.ids().tokens()).containsExactly("i1", "i 2", "é");
    assertThat(read.vectors().size()).isEqualTo(3);
    assertThat(read.vectors().dim()).isEqualTo(2);
    assertThat(read.vectors().vector(0)).containsExactly(1, -2.5f);
    assertThat(read.vectors().vector(1)).containsExactly(0, 3e38f);
    assertThat(read.vectors().vector(2)).containsExactly(0.1f, 0);
  }

  @Test
  void linesAreReadPackedOrNot() throws IOException {
    String text = "\uFEFFi1,1,-2.5\r\n\ni 2 , 0 ,3e38\né,.1,1e-39";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertRead(VectorFile.read(feature(write(text)), HEAP));
    Path gzip = folder.resolve("v.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(bytes);
    }
    assertRead(VectorFile.read(feature(gzip), HEAP));
    Path zstd = folder.resolve("v.txt.zst");
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
      out.write(bytes);
    }
    assertRead(VectorFile.read(feature(zstd), HEAP));
  }

  @Test
  void blanksStandBetweenWhereTheFirstLineHasNoComma() throws IOException {
    VectorFile.Read read = VectorFile.read(feature(write(" a  1\t2 \nb,c 3 4\n")), HEAP);
    assertThat(read.ids().tokens()).containsExactly("a", "b,c");
    assertThat(read.vectors().vector(0)).containsExactly(1, 2);
    assertThat(read.vectors().vector(1)).containsExactly(3, 4);
  }

  private Problem problem(String text) throws IOException {
    PretrainedFeature feature = feature(write(text));
    return problem(feature, HEAP);
  }

  private static Problem problem(PretrainedFeature feature, HeapShare heap) {
    return catchThrowableOfType(MtlException.class, () -> VectorFile.read(feature, heap))
        .problems()
        .get(0);
  }

  private void assertWrong(String text, int line, String what, String remedy) throws IOException {
    assertThat(problem(text))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT, folder.resolve("v.txt") + ", line " + line, what, remedy));
  }

  @Test
  void whatIsNoVectorIsNamedWithItsLine() throws IOException {
    String header = "The first line says how many numbers there are; delete it if it is a header.";
    String mend = "Mend the number, or leave the line out.";
    assertWrong(
        "4 300\na 1 2 3\n",
        2,
        "Expected 1 numbers behind the id \"a\", as the first line has, found 3.",
        header);
    assertWrong(
        "a 1 2\n\nb 1\n",
        3,
        "Expected 2 numbers behind the id \"b\", as the first line has, found 1.",
        header);
    assertWrong(
        "a\n",
        1,
        "Expected an id and numbers behind it, with commas or blanks between, found \"a\" alone.",
        "Write one line for each vector.");
    assertWrong(
        "a,1\n,2\n", 2, "Expected an id before the first comma, found none.", "Give it its id.");
    assertWrong(
        "a 1\nb 2\na 3\n",
        3,
        "Expected each id once, found \"a\" again: vector 1 of the file has it too.",
        "Keep one of the two.");
    assertWrong(
        "id,v1\na,1\n",
        1,
        "Expected a number from -3.4e38 to 3.4e38 as number 1 of the id \"id\", found \"v1\".",
        header);
    for (String bad : List.of("NaN", "inf", "1e39", "0x1", "\"1\"")) {
      assertWrong(
          "a 1 2\nb 1 " + bad + "\n",
          2,
          "Expected a number from -3.4e38 to 3.4e38 as number 2 of the id \"b\", found \"%s\"."
              .formatted(bad),
          mend);
    }
  }

  @Test
  void filesThatHoldNoVectorsAreRefused() throws IOException {
    assertThat(problem("\n \n"))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT,
                folder.resolve("v.txt").toString(),
                "Expected a line with an id and its numbers for each vector, found no line.",
                "Check that it is the file that features.image.path should name."));
    assertThat(problem(feature(folder.resolve("w.txt")), HEAP))
        .isEqualTo(
            new Problem(
                ErrorCode.FILE_MISSING,
                "features.image.path",
                "Expected a file of vectors at \"%s\", found none (paths are relative; the current directory is %s)."
                    .formatted(folder.resolve("w.txt"), Path.of("").toAbsolutePath()),
                "Did you mean \"" + folder.resolve("v.txt") + "\"?"));
    assertThat(problem(feature(folder), HEAP).what())
        .isEqualTo("Expected a file of vectors at \"%s\", found something else.".formatted(folder));
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xE9, ' ', '1'});
    assertThat(problem(feature(latin), HEAP))
        .isEqualTo(
            new Problem(
                ErrorCode.DATA_FORMAT,
                latin + ", line 1, column 2",
                "Expected text in UTF-8, found the bytes e9.",
                "Save it as UTF-8, lines of an id and its numbers: iconv -t UTF-8 does that."));
  }

  /** 500 bytes hold two ids of 106 and two vectors of 32 + 4 x 10. */
  @Test
  void vectorsBeyondTheHeapsShareAreRefusedWithTheArithmetic() throws IOException {
    String numbers = " 1".repeat(10) + "\n";
    PretrainedFeature feature = feature(write("a" + numbers + "b" + numbers + "c" + numbers));
    assertThat(problem(feature, new HeapShare(0.5, 1000)))
        .isEqualTo(
            new Problem(
                ErrorCode.MEMORY,
                "features.image.path",
                "Expected what fits into 50 %% of the heap, 0.0 MB; found that the first 3 vectors of \"%s\", each 10 numbers of 4 bytes and its id, take more."
                    .formatted(feature.path()),
                "Leave out vectors of ids that do not come in the data, or take narrower ones. Or give"
                    + " Java a larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere."));
  }

  @Test
  void rowsOfUnknownIdsAreCounted() throws IOException {
    FeatureFitter fitter = fitter(feature(write("a 1\nb 2\n?? 3\n")));
    String[] items = {"a", "x", null, "b", "x", "", "??", "y"};
    fitter.observe(
        new RawBatch(COLUMNS, items.length, 0, List.of((Object) items), row -> "row " + row));
    FittedPretrained fitted = (FittedPretrained) fitter.fit().get(0);
    assertThat(fitter.warnings())
        .containsExactly(
            "features.image: 3 of 8 training rows, 37.5 %, have a \"item\" that is not in "
                + folder.resolve("v.txt")
                + "; their vector is zeros.");
    assertThat(fitted.values().id("??")).isZero();
    assertThat(fitted.values().id("b")).isEqualTo(3);
    assertThat(fitted.width()).isEqualTo(1);
  }

  @Test
  void noWarningWhereAllAreThere() throws IOException {
    FeatureFitter fitter = fitter(feature(write("a 1\n")));
    fitter.observe(
        new RawBatch(COLUMNS, 1, 0, List.of((Object) new String[] {"a"}), row -> "row " + row));
    fitter.fit();
    assertThat(fitter.warnings()).isEmpty();
  }

  @Test
  void itsTableIsItsOwn() throws IOException {
    CategoricalFeature other =
        new CategoricalFeature(
            "item", "item", Optional.empty(), "image", 1, new CategoricalFeature.Learnt(1));
    FeatureSpec feature = feature(write("a 1\n"));
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> fitter(feature, other).fit());
    assertThat(failure)
        .hasMessage(
            "features.item.table: Expected a table of categorical features, found \"image\", which is"
                + " that feature's own. Give the table another name.");
  }

  private static FeatureFitter fitter(FeatureSpec... specs) {
    return new FeatureFitter(List.of(specs), COLUMNS, column -> Set.of("??"), HEAP);
  }
}
