package org.mtl4j.core.feature;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mtl4j.core.schema.Vocabulary;

/**
 * A vocabulary as the text file that a graph's lookup table is initialised from: a token a line.
 * TensorFlow ends a line at a line feed and drops carriage returns, so tokens that contain either
 * are escaped, and so are backslashes then; the graph escapes its input alike. Files without such
 * tokens are plain.
 */
public final class VocabularyFile {
  private VocabularyFile() {}

  /** Whether a token contains what a plain file could not hold. */
  public static boolean needsEscapes(Vocabulary vocabulary) {
    return vocabulary.tokens().stream()
        .anyMatch(token -> token.indexOf('\n') >= 0 || token.indexOf('\r') >= 0);
  }

  /** Writes the file, a line feed after each token. */
  static void write(Path file, Vocabulary vocabulary) throws IOException {
    boolean escapes = needsEscapes(vocabulary);
    List<String> tokens = vocabulary.tokens();
    Files.writeString(
        file,
        tokens.stream()
            .map(token -> (escapes ? escape(token) : token) + "\n")
            .collect(Collectors.joining()),
        StandardCharsets.UTF_8);
  }

  /**
   * Reads a file, token by token.
   *
   * @param escaped whether it needed escapes
   */
  public static void forEach(Path file, boolean escaped, Consumer<String> tokens)
      throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        tokens.accept(escaped ? unescape(line) : line);
      }
    }
  }

  private static String unescape(String line) {
    StringBuilder token = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        i++;
        c =
            switch (line.charAt(i)) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> line.charAt(i);
            };
      }
      token.append(c);
    }
    return token.toString();
  }

  private static String escape(String token) {
    return token.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
