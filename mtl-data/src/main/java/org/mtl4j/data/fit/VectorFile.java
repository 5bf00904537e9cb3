package org.mtl4j.data.fit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.NearestFile;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.schema.PretrainedVectors;
import org.mtl4j.core.schema.TokenIndex;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.Decimals;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.source.DataFiles;
import org.mtl4j.data.table.Lines;

/**
 * The file of a pretrained feature: UTF-8, a line {@code id v1 v2 ... vn} for each vector. Commas
 * stand between, if the first line has one, and blanks otherwise.
 */
public final class VectorFile {
  /** The objects of a vector besides its numbers: an array's header and the reference to it. */
  private static final int VECTOR_BYTES = 32;

  private static final String ENCODING =
      "Save it as UTF-8, lines of an id and its numbers: iconv -t UTF-8 does that.";
  private static final String HEADER =
      "The first line says how many numbers there are; delete it if it is a header.";

  private final PretrainedFeature feature;
  private final Path file;
  private final HeapShare heap;
  private final TokenIndex ids = new TokenIndex();
  private final List<float[]> vectors = new ArrayList<>();
  private boolean commas;

  /**
   * The vectors of a file and whose they are.
   *
   * @param ids in the order of the file
   * @param vectors of each id
   */
  record Read(Vocabulary ids, PretrainedVectors vectors) {}

  private VectorFile(PretrainedFeature feature, HeapShare heap) {
    this.feature = feature;
    this.file = find(feature);
    this.heap = heap;
  }

  /**
   * Reads the file of a feature.
   *
   * @param heap takes ids and numbers
   * @throws MtlException FILE_MISSING if it is not there; DATA_FORMAT with file and line for what
   *     is no vector of the first one's width or has an id that came before; MEMORY if there is no
   *     room
   */
  static Read read(PretrainedFeature feature, HeapShare heap) {
    return new VectorFile(feature, heap).read();
  }

  /**
   * The SHA-256 of a feature's file as it is on disk.
   *
   * @throws MtlException FILE_MISSING if it is not there, IO if it cannot be read
   */
  public static byte[] sha256(PretrainedFeature feature) {
    return DataFiles.sha256(find(feature));
  }

  private static Path find(PretrainedFeature feature) {
    String complaint;
    String remedy = "Check the key, or run the command from the folder that it is meant from.";
    try {
      Path path = Path.of(feature.path());
      if (Files.isRegularFile(path)) {
        return path;
      }
      complaint =
          Files.exists(path)
              ? "something else"
              : "none (paths are relative; the current directory is "
                  + Path.of("").toAbsolutePath()
                  + ")";
      remedy = NearestFile.hint(path, remedy);
    } catch (InvalidPathException e) {
      complaint = "no path: " + e.getReason();
    }
    throw new MtlException(
        new Problem(
            ErrorCode.FILE_MISSING,
            place(feature),
            "Expected a file of vectors at \"%s\", found %s."
                .formatted(Excerpt.of(feature.path()), complaint),
            remedy));
  }

  private static String place(PretrainedFeature feature) {
    return "features." + feature.name() + ".path";
  }

  private Read read() {
    try (Lines lines = new Lines(file, StandardCharsets.UTF_8, ENCODING)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        add(line, lines.place());
      }
    }
    if (vectors.isEmpty()) {
      throw wrong(
          file.toString(),
          "Expected a line with an id and its numbers for each vector, found no line.",
          "Check that it is the file that features.%s.path should name.".formatted(feature.name()));
    }
    return new Read(new Vocabulary(ids.tokens()), new PretrainedVectors(vectors));
  }

  private void add(String line, String place) {
    if (vectors.isEmpty()) {
      commas = line.indexOf(',') >= 0;
    }
    List<String> cells = cells(line);
    String id = cells.get(0);
    checkWidth(id, cells.size() - 1, place);
    int known = ids.size();
    int number = ids.add(id);
    if (number < known) {
      throw wrong(
          place,
          "Expected each id once, found \"%s\" again: vector %d of the file has it too."
              .formatted(Excerpt.of(id), number + 1),
          "Keep one of the two.");
    }
    float[] vector = new float[cells.size() - 1];
    if (!heap.takeText(id) || !heap.take(VECTOR_BYTES + (long) Float.BYTES * vector.length)) {
      throw tooLarge(vector.length);
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = number(id, i, cells.get(i + 1), place);
    }
    vectors.add(vector);
  }

  private List<String> cells(String line) {
    return commas
        ? Arrays.stream(line.split(",", -1)).map(String::strip).toList()
        : List.of(line.strip().split("\\s+"));
  }

  private void checkWidth(String id, int width, String place) {
    if (id.isEmpty()) {
      throw wrong(place, "Expected an id before the first comma, found none.", "Give it its id.");
    }
    if (width == 0) {
      throw wrong(
          place,
          "Expected an id and numbers behind it, with commas or blanks between, found \"%s\" alone."
              .formatted(Excerpt.of(id)),
          "Write one line for each vector.");
    }
    if (!vectors.isEmpty() && width != vectors.get(0).length) {
      throw wrong(
          place,
          "Expected %d numbers behind the id \"%s\", as the first line has, found %d."
              .formatted(vectors.get(0).length, Excerpt.of(id), width),
          HEADER);
    }
  }

  private float number(String id, int index, String text, String place) {
    float number = (float) Decimals.valueOf(text);
    if (!Float.isFinite(number)) {
      throw wrong(
          place,
          "Expected a number from -3.4e38 to 3.4e38 as number %d of the id \"%s\", found \"%s\"."
              .formatted(index + 1, Excerpt.of(id), Excerpt.of(text)),
          vectors.isEmpty() ? HEADER : "Mend the number, or leave the line out.");
    }
    return Math.abs(number) < Float.MIN_NORMAL ? 0 : number;
  }

  private static MtlException wrong(String where, String what, String remedy) {
    return new MtlException(new Problem(ErrorCode.DATA_FORMAT, where, what, remedy));
  }

  private MtlException tooLarge(int width) {
    return heap.refusal(
        place(feature),
        String.format(
            Locale.ROOT,
            "the first %,d vectors of \"%s\", each %,d numbers of 4 bytes and its id, take",
            vectors.size() + 1,
            Excerpt.of(feature.path()),
            width),
        "Leave out vectors of ids that do not come in the data, or take narrower ones.");
  }
}
