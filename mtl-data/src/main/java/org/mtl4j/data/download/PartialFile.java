package org.mtl4j.data.download;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file on its way here, {@code NAME.part}, and what its server said of it, {@code
 * NAME.part.validator}: a strong entity tag or the time of its last change, without which nobody
 * knows whether the rest is still the rest of the same file (RFC 9110, If-Range).
 *
 * @param target the file's name once it is here
 */
record PartialFile(Path target) {
  Path path() {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private Path validatorPath() {
    return target.resolveSibling(target.getFileName() + ".part.validator");
  }

  /** Bytes that are here. */
  long length() throws IOException {
    return Files.exists(path()) ? Files.size(path()) : 0;
  }

  Optional<String> validator() throws IOException {
    return Files.exists(validatorPath())
        ? Optional.of(Files.readString(validatorPath(), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** Begins anew with another version of the file. */
  void reset(Optional<String> validator) throws IOException {
    delete();
    if (validator.isPresent()) {
      Files.writeString(validatorPath(), validator.get(), StandardCharsets.UTF_8);
    }
  }

  /** The file is whole. */
  void finish() throws IOException {
    Files.move(path(), target);
    Files.deleteIfExists(validatorPath());
  }

  void delete() throws IOException {
    Files.deleteIfExists(path());
    Files.deleteIfExists(validatorPath());
  }
}
