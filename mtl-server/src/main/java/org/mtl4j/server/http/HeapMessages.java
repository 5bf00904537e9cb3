package org.mtl4j.server.http;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Services whose requests are read from an array. Protobuf's reader of native memory (3.25.8, and
 * 4.32.1 still) and that of streams (3.25.8) do not see that a length close to 2 GiB, added to
 * where they are, is more than an int holds: they read on behind the request, which of native
 * memory ends the process. The reader of arrays checks it.
 */
final class HeapMessages {
  private HeapMessages() {}

  /** The service's methods, its requests read from arrays. */
  static ServerServiceDefinition of(BindableService service) {
    ServerServiceDefinition definition = service.bindService();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(definition.getServiceDescriptor().getName())
            .setSchemaDescriptor(definition.getServiceDescriptor().getSchemaDescriptor());
    var methods = definition.getMethods().stream().map(HeapMessages::method).toList();
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder builder = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(builder::addMethod);
    return builder.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> method(ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        descriptor.toBuilder(
                new FromArray<>(descriptor.getRequestMarshaller()),
                descriptor.getResponseMarshaller())
            .build(),
        method.getServerCallHandler());
  }

  /**
   * Reads messages from arrays.
   *
   * @param usual writes them, and knows what they are
   */
  private record FromArray<T>(MethodDescriptor.Marshaller<T> usual)
      implements MethodDescriptor.Marshaller<T> {
    @Override
    public InputStream stream(T message) {
      return usual.stream(message);
    }

    @Override
    public T parse(InputStream stream) {
      MethodDescriptor.PrototypeMarshaller<T> typed =
          (MethodDescriptor.PrototypeMarshaller<T>) usual;
      Parser<?> parser = ((MessageLite) typed.getMessagePrototype()).getParserForType();
      try {
        return typed.getMessageClass().cast(parser.parseFrom(stream.readAllBytes()));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException("the request is no message of its method", e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
