package org.mtl4j.core.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * Reads and writes {@code mtl4j.json}. Its last key, {@code sha256}, is that of all the others, as
 * compact JSON: a value that was changed by hand is noticed, a line break is not.
 */
public final class ManifestFile {
  private static final String SUM = "sha256";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ManifestFile() {}

  /** Writes the manifest into an export's folder. */
  public static void write(Path export, ModelManifest manifest) throws IOException {
    ObjectNode tree = JSON.valueToTree(manifest);
    tree.put(SUM, sum(tree));
    Files.write(export.resolve(ModelManifest.FILE), JSON.writeValueAsBytes(tree));
  }

  private static String sum(JsonNode withoutSum) {
    return Hashing.sha256().hashString(withoutSum.toString(), StandardCharsets.UTF_8).toString();
  }

  /**
   * Reads the manifest of an export.
   *
   * @throws MtlException FILE_MISSING if there is none, EXPORT_INVALID if it is of another version,
   *     damaged, or not as it was written
   */
  public static ModelManifest read(Path export) {
    Path file = export.resolve(ModelManifest.FILE);
    if (!Files.isRegularFile(file)) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              export.toString(),
              "Expected an export with the file " + ModelManifest.FILE + ", found none.",
              "Give the folder that holds saved_model.pb, say runs/NAME/export/1."));
    }
    try {
      if (!(JSON.readTree(file.toFile()) instanceof ObjectNode tree)) {
        throw invalid(file, "expected a JSON object, found something else", null);
      }
      int format = tree.path("format").asInt();
      if (format != ModelManifest.FORMAT) {
        throw invalid(file, "expected format " + ModelManifest.FORMAT + ", found " + format, null);
      }
      checkSum(file, tree);
      return JSON.treeToValue(tree, ModelManifest.class);
    } catch (JsonProcessingException e) {
      throw invalid(file, "expected JSON as MTL4J writes it: " + e.getMessage(), e);
    } catch (IOException e) {
      throw invalid(file, "it cannot be read: " + e, e);
    }
  }

  private static void checkSum(Path file, ObjectNode tree) {
    JsonNode said = tree.remove(SUM);
    String found = sum(tree);
    if (said == null || !said.asText().equals(found)) {
      throw invalid(
          file,
          "expected values with the SHA-256 %s, found %s"
              .formatted(said == null ? "that it lacks" : said.asText(), found),
          null);
    }
  }

  private static MtlException invalid(Path file, String why, IOException cause) {
    return new MtlException(
        new Problem(
            ErrorCode.EXPORT_INVALID,
            file.toString(),
            "The export's manifest is damaged, changed or of another version: " + why + ".",
            "Export the run again with mtl export."),
        cause);
  }
}
