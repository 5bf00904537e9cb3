package org.mtl4j.experiment.run;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.data.cache.DataCache;

/**
 * A hash of the code that says what encoded rows are: whatever a release, or an edited working
 * tree, does otherwise, it never reads rows that another one has made. A version would have to be
 * raised by hand, and be forgotten once.
 */
final class ProgramHash {
  private static final List<Class<?>> MODULES =
      List.of(FeaturePipeline.class, DataCache.class, ProgramHash.class);

  private ProgramHash() {}

  /**
   * Over the class files, or the jars, of the modules that encode; empty if they cannot be read.
   */
  static Optional<String> find() {
    Hasher hasher = Hashing.sha256().newHasher();
    try {
      for (Class<?> type : MODULES) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
          return Optional.empty();
        }
        add(Path.of(source.getLocation().toURI()), hasher);
      }
      return Optional.of(hasher.hash().toString());
    } catch (IOException
        | URISyntaxException
        | IllegalArgumentException
        | FileSystemNotFoundException e) {
      return Optional.empty(); // In a jar within a jar, say.
    }
  }

  private static void add(Path code, Hasher hasher) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(code)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      hasher.putString(code.relativize(file).toString(), StandardCharsets.UTF_8);
      byte[] bytes = Files.readAllBytes(file);
      hasher.putInt(bytes.length).putBytes(bytes);
    }
  }
}
