package org.mtl4j.server.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;

/**
 * What a path of the REST protocol asks for.
 *
 * @param call what to do
 * @param model with which model
 */
public record RestPath(Call call, ModelAddress model) {
  /** What can be done with a model. */
  public enum Call {
    /** States of versions. */
    STATUS,
    /** Signatures. */
    METADATA,
    /** Tensors in, tensors out. */
    PREDICT,
    /** Examples in, scored classes out. */
    CLASSIFY,
    /** Examples in, a number a row out. */
    REGRESS,
    /** A user and candidates in, the best of them out: MTL4J's own. */
    RECOMMEND,
    /** What was shown and what came of it: MTL4J's own. */
    FEEDBACK
  }

  private static final Pattern POSTED =
      Pattern.compile(
          "/v1/models/([^/:]+)(?:/versions/(\\d+)|/labels/([^/:]+))?:(classify|regress|predict|recommend|feedback)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ASKED =
      Pattern.compile(
          "/v1/models(?:/([^/:]+))?(?:/versions/(\\d+)|/labels/([^/:]+))?(/metadata)?",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads a path.
   *
   * @param method GET or POST
   * @param path the path as it came, encoded, without a query
   * @throws RequestException INVALID_ARGUMENT for any other path or method
   */
  public static RestPath parse(String method, String path) {
    boolean post = method.equals("POST");
    Matcher matcher = (post ? POSTED : ASKED).matcher(path);
    if (!(post || method.equals("GET")) || !matcher.matches()) {
      throw malformed(method, path);
    }
    if (matcher.group(1) == null) {
      throw RequestException.invalid("Missing model name in request.");
    }
    ModelAddress model = address(matcher);
    if (post) {
      return new RestPath(Call.valueOf(matcher.group(4).toUpperCase(Locale.ROOT)), model);
    }
    return new RestPath(matcher.group(4) == null ? Call.STATUS : Call.METADATA, model);
  }

  private static RequestException malformed(String method, String path) {
    return RequestException.invalid("Malformed request: " + method + " " + path);
  }

  private static ModelAddress address(Matcher matcher) {
    String name = decoded(matcher.group(1), "model name");
    if (matcher.group(2) != null) {
      return ModelAddress.of(name, version(matcher.group(2)));
    }
    return Optional.ofNullable(matcher.group(3))
        .map(label -> ModelAddress.labelled(name, decoded(label, "model version label")))
        .orElseGet(() -> ModelAddress.latest(name));
  }

  private static long version(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw RequestException.invalid("Failed to convert version: " + digits + " to numeric.");
    }
  }

  private static String decoded(String text, String what) {
    try {
      // Of the path alone "+" is a plus; the decoder's rules are those of forms.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestException.invalid("Failed to decode " + what + ": " + text);
    }
  }
}
