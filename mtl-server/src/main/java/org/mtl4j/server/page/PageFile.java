package org.mtl4j.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that the page is made of; they are in this module's jar, and never change. */
public final class PageFile {
  private static final int TAG_CHARACTERS = 32;

  private final byte[] content;
  private final String type;
  private final String tag;

  private PageFile(byte[] content, String type) {
    this.content = content;
    this.type = type;
    this.tag = "\"" + sha256(content).substring(0, TAG_CHARACTERS) + "\"";
  }

  /**
   * Reads it.
   *
   * @param name its name beside this class
   * @throws IllegalArgumentException if there is none
   * @throws UncheckedIOException if it cannot be read
   */
  public static PageFile read(String name) {
    try (InputStream file = PageFile.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalArgumentException("expected a file of the page, found " + name);
      }
      return new PageFile(file.readAllBytes(), type(name));
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name + " of this program", e);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("expected a file of a page, found " + name);
    };
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Its bytes, a copy. */
  public byte[] content() {
    return content.clone();
  }

  /** Its type, as HTTP has it. */
  public String type() {
    return type;
  }

  /** The entity tag of its content, with the quotes. */
  public String tag() {
    return tag;
  }
}
