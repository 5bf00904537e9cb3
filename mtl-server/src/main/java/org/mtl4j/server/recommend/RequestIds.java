package org.mtl4j.server.recommend;

import java.util.regex.Pattern;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.rest.JsonFields;

/** Ids by which feedback names requests: what stands in files, headers and URLs as it is. */
public final class RequestIds {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private RequestIds() {}

  /**
   * An id that is one.
   *
   * @param key that it came by
   * @throws RequestException INVALID_ARGUMENT if it is not of the form
   */
  public static String checked(String id, String key) {
    if (!FORM.matcher(id).matches()) {
      throw JsonFields.refusal(
          key, "1 to 128 letters, digits and . _ : -", "a text of another form");
    }
    return id;
  }
}
