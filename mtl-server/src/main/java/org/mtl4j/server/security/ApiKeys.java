package org.mtl4j.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * Keys by the names of those who have them. Only the keys' SHA-256 is known, so that neither the
 * file nor the server's memory tells them. That is enough for keys that are drawn at random, as the
 * documented command does it; it is not for passwords that somebody makes up. Safe for several
 * threads.
 */
public final class ApiKeys {
  private static final Pattern LINE =
      Pattern.compile("(?<name>[A-Za-z0-9._-]{1,64})\\s+(?<hash>[0-9A-Fa-f]{64})");

  private final List<Key> keys;

  private ApiKeys(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Whose a key is, and its hash; no record, for arrays are compared elsewhere. */
  private static final class Key {
    private final String name;
    private final byte[] hash;

    Key(String name, byte[] hash) {
      this.name = name;
      this.hash = hash;
    }
  }

  /**
   * Reads lines of {@code NAME SHA256}, in hexadecimal. Empty lines and those that begin with
   * {@code #} are left out; a name may have several keys, so that one can be replaced.
   *
   * @param file the file's name, for messages
   * @param lines its lines
   * @throws MtlException CONFIG_SYNTAX with all lines that are otherwise; none of their text is
   *     repeated, since it may be a key
   */
  public static ApiKeys read(String file, List<String> lines) {
    List<Problem> problems = new ArrayList<>();
    List<Key> keys = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        problems.add(
            problem(
                file,
                i,
                "expected NAME and 64 hexadecimal digits, found a line that is otherwise."));
      } else if (!seen.add(matcher.group("hash").toLowerCase(Locale.ROOT))) {
        problems.add(
            problem(file, i, "expected each key once, found one that an earlier line has."));
      } else {
        keys.add(new Key(matcher.group("name"), HexFormat.of().parseHex(matcher.group("hash"))));
      }
    }
    if (problems.isEmpty() && keys.isEmpty()) {
      problems.add(
          problem(file, Math.max(0, lines.size() - 1), "expected at least one key, found none."));
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    return new ApiKeys(keys);
  }

  private static Problem problem(String file, int line, String what) {
    return new Problem(
        ErrorCode.CONFIG_SYNTAX,
        file + ":" + (line + 1),
        what,
        "A line is a name and the key's SHA-256: printf %s \"$KEY\" | sha256sum.");
  }

  /**
   * Whose a key is. Takes as long for one that is nobody's, and compares all of every hash.
   *
   * @param key as the client sent it
   */
  public Optional<String> owner(String key) {
    byte[] hash = sha256(key);
    String owner = null;
    for (Key known : keys) {
      if (MessageDigest.isEqual(known.hash, hash)) {
        owner = known.name;
      }
    }
    return Optional.ofNullable(owner);
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
