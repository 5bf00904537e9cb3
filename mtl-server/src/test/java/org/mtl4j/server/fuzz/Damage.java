package org.mtl4j.server.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * What is done to bodies.
 *
 * @param pieces what is put into them as bytes
 * @param structure changes one so that it keeps its form
 */
public record Damage(List<byte[]> pieces, BiFunction<Random, byte[], byte[]> structure) {
  /** For JSON and other text. */
  public static Damage ofText() {
    return new Damage(Mutations.ofText(), TokenMutations::change);
  }

  /**
   * For messages.
   *
   * @param type one of their type
   */
  public static Damage ofMessages(Message type) {
    return new Damage(
        Mutations.ofMessages(),
        (random, body) -> {
          try {
            Message message = type.getParserForType().parseFrom(body);
            return MessageMutations.change(random, message).toByteArray();
          } catch (InvalidProtocolBufferException e) {
            // Its bytes were damaged before.
            return body;
          }
        });
  }
}
