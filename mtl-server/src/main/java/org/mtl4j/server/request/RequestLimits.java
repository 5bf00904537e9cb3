package org.mtl4j.server.request;

/**
 * How much one request may ask for, beyond what the size of its body says: one value may stand for
 * a whole tensor, and what rows have in common is copied for each, so that a small body can ask for
 * any amount of memory.
 *
 * @param bytes of all its input tensors together
 * @param rows of {@code instances} and of examples
 */
public record RequestLimits(long bytes, int rows) {
  /** Where nobody says otherwise: 256 MiB and 100,000 rows. */
  public static final RequestLimits DEFAULT = new RequestLimits(256L << 20, 100_000);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1, or the bytes are more than an array has
   */
  public RequestLimits {
    if (bytes < 1 || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "bytes: expected 1 to %d, found %d".formatted(Integer.MAX_VALUE, bytes));
    }
    if (rows < 1) {
      throw new IllegalArgumentException("rows: expected at least 1, found " + rows);
    }
  }

  /**
   * Checks a number of rows.
   *
   * @param key the request's, for the message
   * @throws RequestException INVALID_ARGUMENT if there are more: no later time is better for them
   */
  public void checkRows(String key, long found) {
    if (found > rows) {
      throw RequestException.invalid(
          "'%s': expected at most %d rows in a request, found more".formatted(key, rows));
    }
  }

  /**
   * Checks how large a request's tensors are.
   *
   * @param name an input's, for the message
   * @param found bytes of it and of the inputs before it
   * @throws RequestException INVALID_ARGUMENT if these are too many
   */
  public void checkBytes(String name, long found) {
    if (found > bytes) {
      throw RequestException.invalid(
          "Input \"%s\": expected at most %d bytes of tensors in a request, found %d with it"
              .formatted(name, bytes, found));
    }
  }
}
