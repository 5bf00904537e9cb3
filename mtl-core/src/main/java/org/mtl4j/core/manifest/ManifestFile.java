package org.mtl4j.core.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** Reads and writes {@code mtl4j.json}. */
public final class ManifestFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ManifestFile() {}

  /** Writes the manifest into an export's folder. */
  public static void write(Path export, ModelManifest manifest) throws IOException {
    Files.write(export.resolve(ModelManifest.FILE), JSON.writeValueAsBytes(manifest));
  }

  /**
   * Reads the manifest of an export.
   *
   * @throws MtlException FILE_MISSING if there is none, EXPORT_INVALID if it is of another version
   *     or damaged
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
      ModelManifest manifest = JSON.readValue(file.toFile(), ModelManifest.class);
      if (manifest == null) {
        throw invalid(file, "it says nothing", null);
      }
      if (manifest.format() == ModelManifest.FORMAT) {
        return manifest;
      }
      throw invalid(
          file, "expected format " + ModelManifest.FORMAT + ", found " + manifest.format(), null);
    } catch (IOException e) {
      throw invalid(file, "it cannot be read: " + e.getMessage(), e);
    }
  }

  private static MtlException invalid(Path file, String why, IOException cause) {
    return new MtlException(
        new Problem(
            ErrorCode.EXPORT_INVALID,
            file.toString(),
            "The export's manifest is damaged or of another version: " + why + ".",
            "Export the run again with mtl export."),
        cause);
  }
}
