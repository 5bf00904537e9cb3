package org.mtl4j.server.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that reads what clients send.
 *
 * @param name for messages
 * @param reading reads a body
 * @param damage what is done to bodies
 * @param bodies some that it reads
 */
record FuzzedReader(String name, Reading reading, Damage damage, List<byte[]> bodies) {
  /** Reads a body. */
  @FunctionalInterface
  interface Reading {
    void read(byte[] body) throws InvalidProtocolBufferException;
  }

  /** A reader of text, whose single quotes stand for double ones. */
  static FuzzedReader ofText(String name, Reading reading, String... bodies) {
    return new FuzzedReader(
        name, reading, Damage.ofText(), Stream.of(bodies).map(FuzzedReader::bytes).toList());
  }

  static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  /** A reader of messages of one type. */
  static FuzzedReader ofMessages(String name, Reading reading, Message... bodies) {
    return new FuzzedReader(
        name,
        reading,
        Damage.ofMessages(bodies[0]),
        Stream.of(bodies).map(Message::toByteArray).toList());
  }

  @Override
  public String toString() {
    return name;
  }
}
