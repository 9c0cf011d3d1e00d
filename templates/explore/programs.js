// How WebGL draws systems as shapes, and links as dashed arrows. Sizes are pixels of the screen;
// twice the correction ratio is one such pixel in the units of the graph.
// A dash with a gap below 0 is a line without a head.
// A colour is one number whose lowest bit of opacity is lost: the factor puts it back.
const nodeVertices = `
attribute vec2 a_position;
attribute float a_size;
attribute vec4 a_color;
attribute vec4 a_ring;
attribute float a_shape;
attribute float a_line;
attribute vec4 a_id;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
varying float v_line;
varying vec4 v_color;
varying vec4 v_ring;
void main() {
  v_radius = a_size / u_sizeRatio;
  v_at = a_corner * (v_radius + 2.0);
  v_shape = a_shape;
  v_line = a_line;
  v_ring = a_ring;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
  v_ring.a *= 255.0 / 254.0;
  vec2 at = a_position + v_at * 2.0 * u_correctionRatio;
  gl_Position = vec4((u_matrix * vec3(at, 1.0)).xy, 0.0, 1.0);
}`;
const nodeFragments = `
precision highp float;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
varying float v_line;
varying vec4 v_color;
varying vec4 v_ring;
float edge() {
  vec2 at = abs(v_at);
  if (v_shape < 0.5) return length(at) - v_radius;
  if (v_shape < 1.5) return max(at.x, at.y) - v_radius * 0.86;
  if (v_shape < 2.5) return (at.x + at.y) * 0.7071 - v_radius * 0.82;
  return max(at.x * 0.866 + at.y * 0.5, at.y) - v_radius * 0.92;
}
void main() {
  float outside = edge();
  #ifdef PICKING_MODE
  gl_FragColor = outside < 2.0 ? v_color : vec4(0.0);
  #else
  float inner = smoothstep(-v_line - 0.5, -v_line + 0.5, outside);
  gl_FragColor = mix(v_color, v_ring, inner) * (1.0 - smoothstep(-0.5, 0.6, outside));
  #endif
}`;
const edgeVertices = `
attribute vec2 a_start;
attribute vec2 a_end;
attribute vec2 a_radii;
attribute vec4 a_style;
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec3 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_dash;
varying float v_along;
varying float v_side;
varying float v_half;
void main() {
  float pixel = 2.0 * u_correctionRatio;
  float grow = clamp(1.0 / u_sizeRatio, 0.45, 1.6);
  vec2 way = a_end - a_start;
  float whole = length(way) / pixel;
  vec2 along = whole > 0.0 ? way / (whole * pixel) : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  float width = max(1.0, a_style.x * grow);
  float head = a_style.z < 0.0 ? 0.0 : (5.0 + 1.6 * a_style.x) * grow;
  float begin = a_radii.x / u_sizeRatio + 1.0;
  float tip = max(begin + head, whole - a_radii.y / u_sizeRatio - 2.0);
  float end = tip - head;
  #ifdef PICKING_MODE
  v_half = max(width, 11.0) * 0.5;
  v_color = a_id;
  #else
  v_half = width * 0.5 + 0.5;
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
  bool isHead = a_corner.z > 0.5;
  float at = isHead ? mix(end, tip, a_corner.x) : mix(begin, end, a_corner.x);
  float side = a_corner.y * (isHead ? head * 0.46 : v_half);
  v_side = isHead ? 0.0 : side;
  v_along = at - begin;
  v_dash = isHead ? vec2(0.0) : a_style.yz;
  vec2 place = a_start + along * at * pixel + across * (side + a_style.w * grow) * pixel;
  gl_Position = vec4((u_matrix * vec3(place, 1.0)).xy, 0.0, 1.0);
}`;
const edgeFragments = `
precision highp float;
varying vec4 v_color;
varying vec2 v_dash;
varying float v_along;
varying float v_side;
varying float v_half;
void main() {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float period = v_dash.x + v_dash.y;
  if (period > 0.0 && mod(v_along, period) > v_dash.x) discard;
  gl_FragColor = v_color * (1.0 - smoothstep(v_half - 1.0, v_half, abs(v_side)));
  #endif
}`;
// Two triangles of the line, one of the head: where along, which side, whether head.
const edgeCorners = [
  [0, -1, 0],
  [1, -1, 0],
  [1, 1, 0],
  [0, -1, 0],
  [1, 1, 0],
  [0, 1, 0],
  [0, 1, 1],
  [0, -1, 1],
  [1, 0, 1],
];
const nodeCorners = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, -1],
  [1, 1],
  [-1, 1],
];

const setShared = ({ sizeRatio, correctionRatio, matrix }, { gl, uniformLocations }) => {
  gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
  gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio);
  gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
};

explore.definePrograms = (Sigma) => {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
  const { floatColor } = Sigma.utils;
  const number = (name, size) => ({ name, size, type: FLOAT });
  const colour = (name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });
  const uniforms = ['u_matrix', 'u_sizeRatio', 'u_correctionRatio'];
  class SystemProgram extends Sigma.rendering.NodeProgram {
    getDefinition() {
      return {
        VERTICES: nodeCorners.length,
        VERTEX_SHADER_SOURCE: nodeVertices,
        FRAGMENT_SHADER_SOURCE: nodeFragments,
        METHOD: TRIANGLES,
        UNIFORMS: uniforms,
        ATTRIBUTES: [
          number('a_position', 2),
          number('a_size', 1),
          colour('a_color'),
          colour('a_ring'),
          number('a_shape', 1),
          number('a_line', 1),
          colour('a_id'),
        ],
        CONSTANT_ATTRIBUTES: [number('a_corner', 2)],
        CONSTANT_DATA: nodeCorners,
      };
    }
    processVisibleItem(id, offset, { x, y, size, color, ring, shape, line }) {
      this.array.set([x, y, size, floatColor(color), floatColor(ring), shape, line, id], offset);
    }
    setUniforms(params, program) {
      setShared(params, program);
    }
  }
  class LinkProgram extends Sigma.rendering.EdgeProgram {
    getDefinition() {
      return {
        VERTICES: edgeCorners.length,
        VERTEX_SHADER_SOURCE: edgeVertices,
        FRAGMENT_SHADER_SOURCE: edgeFragments,
        METHOD: TRIANGLES,
        UNIFORMS: uniforms,
        ATTRIBUTES: [
          number('a_start', 2),
          number('a_end', 2),
          number('a_radii', 2),
          number('a_style', 4),
          colour('a_color'),
          colour('a_id'),
        ],
        CONSTANT_ATTRIBUTES: [number('a_corner', 3)],
        CONSTANT_DATA: edgeCorners,
      };
    }
    processVisibleItem(id, offset, from, to, { size, color, dash, offset: aside }) {
      this.array.set(
        [from.x, from.y, to.x, to.y, from.size, to.size, size, ...dash, aside],
        offset,
      );
      this.array[offset + 10] = floatColor(color);
      this.array[offset + 11] = id;
    }
    setUniforms(params, program) {
      setShared(params, program);
    }
  }
  return { SystemProgram, LinkProgram };
};
