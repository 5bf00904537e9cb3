/** TensorFlow Serving's gRPC protocol. */
package org.mtl4j.server.grpc;
