package org.mtl4j.data.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.Optional;
import org.mtl4j.core.error.EncodingFault;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * A file as text of a character set, unpacked where its name says so.
 *
 * @param path the file
 * @param charset what its bytes are of
 * @param remedy what to do where they are not
 * @param fixed whether no other character set can be chosen, so that this is the remedy for all
 *     text that is of another
 */
public record TextFile(Path path, Charset charset, String remedy, boolean fixed) {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER_CHARS = 1 << 16;

  /**
   * A reader behind the byte order mark.
   *
   * @throws MtlException of code DATA_FORMAT if the first bytes are those of something else
   * @throws IOException if it cannot be read; {@link DataFiles#failure} says why
   */
  public BufferedReader open() throws IOException {
    // A decoder of our own: by default Java puts U+FFFD where bytes fit no character.
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    InputStream bytes = DataFiles.open(path);
    BufferedReader reader = new BufferedReader(new InputStreamReader(bytes, decoder), BUFFER_CHARS);
    try {
      checkStart(FileStart.of(bytes));
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return reader;
    } catch (IOException | MtlException e) {
      reader.close();
      throw e;
    }
  }

  private void checkStart(FileStart start) {
    start
        .contradiction(charset)
        .ifPresent(
            finding -> {
              throw new MtlException(
                  new Problem(
                      ErrorCode.DATA_FORMAT,
                      path.toString(),
                      finding.what(),
                      fixed && !start.isPacked() ? remedy : finding.remedy()));
            });
  }

  /**
   * What is wrong, of code DATA_FORMAT, where the bytes fit no character. Readers decode far ahead
   * of the record they are at, so it is looked for anew.
   *
   * @param place about where, should the file be gone meanwhile
   */
  public Problem misencoded(String place) {
    String where = path.toString();
    String found = "bytes that are not";
    try (InputStream bytes = DataFiles.open(path)) {
      Optional<EncodingFault> fault = EncodingFault.find(bytes, charset);
      if (fault.isPresent()) {
        where = fault.get().in(path.toString());
        found = "the bytes " + fault.get().bytes();
      }
    } catch (IOException e) {
      where = place;
    }
    return new Problem(
        ErrorCode.DATA_FORMAT,
        where,
        "Expected text in %s, found %s.".formatted(charset.name(), found),
        remedy);
  }
}
