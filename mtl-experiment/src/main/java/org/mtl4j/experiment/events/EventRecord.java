package org.mtl4j.experiment.events;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.mtl4j.core.file.TfRecord;

/**
 * One event of TensorBoard's as the record of a TFRecord file ({@link TfRecord}). It is a protobuf
 * message, of which few fields are needed ({@code event.proto}, {@code summary.proto} of
 * TensorFlow):
 *
 * <pre>
 * Event      { double wall_time = 1; int64 step = 2; string file_version = 3;
 *              Summary summary = 5; SessionLog session_log = 7; }
 * Summary    { repeated Value value = 1; }    Value { string tag = 1; float simple_value = 2; }
 * SessionLog { SessionStatus status = 1; }    START = 1
 * </pre>
 *
 * @param wallTime when it happened, in seconds since 1970
 * @param step the step that it is of
 */
record EventRecord(double wallTime, long step) {
  private static final String VERSION = "brain.Event:2";
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  /** What a file begins with. */
  byte[] version() {
    return record(3, VERSION.getBytes(StandardCharsets.UTF_8));
  }

  /** That what any file has of this step and later ones no longer counts. */
  byte[] sessionStart() {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    key(log, 1, VARINT);
    varint(log, 1);
    return record(7, log.toByteArray());
  }

  /** Values by their tags. */
  byte[] scalars(Map<String, Double> values) {
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    values.forEach(
        (tag, value) -> {
          ByteArrayOutputStream one = new ByteArrayOutputStream();
          field(one, 1, tag.getBytes(StandardCharsets.UTF_8));
          key(one, 2, FIXED32);
          one.writeBytes(little(Float.BYTES).putFloat(value.floatValue()).array());
          field(summary, 1, one.toByteArray());
        });
    return record(5, summary.toByteArray());
  }

  private byte[] record(int number, byte[] content) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    key(event, 1, FIXED64);
    event.writeBytes(little(Double.BYTES).putDouble(wallTime).array());
    if (step != 0) { // protobuf leaves out a number that is 0
      key(event, 2, VARINT);
      varint(event, step);
    }
    field(event, number, content);
    return TfRecord.framed(event.toByteArray());
  }

  /** The step of an event that this class wrote: it stands behind the time. */
  static long step(byte[] event) {
    int at = 1 + Double.BYTES;
    long step = 0;
    if (event.length > at && event[at] == 2 << 3) {
      int shift = 0;
      do {
        at++;
        step |= (long) (event[at] & 0x7f) << shift;
        shift += 7;
      } while (event[at] < 0);
    }
    return step;
  }

  private static void field(ByteArrayOutputStream to, int number, byte[] content) {
    key(to, number, BYTES);
    varint(to, content.length);
    to.writeBytes(content);
  }

  private static void key(ByteArrayOutputStream to, int number, int wireType) {
    to.write((number << 3) | wireType);
  }

  private static void varint(ByteArrayOutputStream to, long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      to.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    to.write((int) rest);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
