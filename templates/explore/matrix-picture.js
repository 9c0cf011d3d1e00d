// The matrix on a canvas: names beside it as long as they can be read, then the names of groups.
const largestCell = 26;
const leastNamed = 9;
const drawnStates = ['registered', 'found', 'unobserved', 'unregistered'];

explore.openMatrixPicture = (stage, on) => {
  const canvas = report.element('canvas', { 'aria-hidden': 'true' });
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  stage.append(canvas);
  const view = { x: 0, y: 0, cell: 1, left: 150, top: 110, width: 0, height: 0 };
  let matrix;
  let hovered;

  const measure = () => {
    const box = stage.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    Object.assign(view, { width: stage.clientWidth, height: stage.clientHeight });
    Object.assign(view, box.width < 520 ? { left: 84, top: 76 } : { left: 150, top: 110 });
    canvas.width = Math.round(view.width * ratio);
    canvas.height = Math.round(view.height * ratio);
    canvas.style.width = `${view.width}px`;
    canvas.style.height = `${view.height}px`;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  };
  const fitCell = () => {
    const room = Math.min(view.width - view.left - 8, view.height - view.top - 8);
    return Math.max(0.1, Math.min(largestCell, room / Math.max(1, matrix.systems.length)));
  };
  const bound = () => {
    const least = (room, whole) => Math.min(0, room - whole);
    const whole = view.cell * matrix.systems.length;
    view.x = Math.max(least(view.width - view.left - 8, whole), Math.min(0, view.x));
    view.y = Math.max(least(view.height - view.top - 8, whole), Math.min(0, view.y));
  };
  const toX = (column) => view.left + view.x + column * view.cell;
  const toY = (row) => view.top + view.y + row * view.cell;

  const drawUnused = ({ theme, cells, systems, isHalf }) => {
    if (view.cell < 10) return;
    context.fillStyle = theme.edge;
    const [first, last] = [0, systems.length];
    for (let row = first; row < last; row++) {
      const y = toY(row) + view.cell / 2;
      if (y < view.top || y > view.height) continue;
      for (let column = first; column < (isHalf ? row : last); column++) {
        if (row === column || cells.has(row * systems.length + column)) continue;
        const x = toX(column) + view.cell / 2;
        if (x >= view.left && x <= view.width) context.fillRect(x - 1.5, y - 0.75, 3, 1.5);
      }
    }
  };
  const drawCells = ({ theme, cells, colours }) => {
    const gap = view.cell > 8 ? 2 : view.cell > 4 ? 1 : 0;
    const size = Math.max(view.cell - gap, 1.6);
    for (const state of drawnStates) {
      // Small cells of the quieter kind leave the eye to the others.
      const isQuiet = state !== 'unregistered' && view.cell < 4;
      context.fillStyle = isQuiet
        ? explore.fade(colours[state], theme.paper, 0.55)
        : colours[state];
      context.strokeStyle = colours[state];
      for (const cell of cells.values()) {
        if (cell.state !== state) continue;
        const [x, y] = [toX(cell.column) + gap / 2, toY(cell.row) + gap / 2];
        if (x + size < view.left || y + size < view.top || x > view.width || y > view.height)
          continue;
        if (state === 'unobserved' && size >= 6) {
          context.lineWidth = 2;
          context.strokeRect(x + 1.5, y + 1.5, size - 3, size - 3);
          continue;
        }
        context.fillRect(x, y, size, size);
        if (state !== 'unregistered' || size < 7) continue;
        context.save();
        context.strokeStyle = theme.paper;
        context.lineWidth = Math.max(1.25, size / 9);
        context.beginPath();
        context.moveTo(x + size * 0.25, y + size * 0.75);
        context.lineTo(x + size * 0.75, y + size * 0.25);
        context.stroke();
        context.restore();
      }
    }
  };
  const drawGround = ({ theme, systems, groups, isHalf }) => {
    const whole = view.cell * systems.length;
    const [x, y] = [toX(0), toY(0)];
    context.fillStyle = theme.wash;
    if (isHalf) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x, y + whole);
      context.lineTo(x + whole, y + whole);
      context.fill();
      context.clip();
    } else context.fillRect(x, y, whole, whole);
    context.strokeStyle = theme.rule;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + whole, y + whole);
    context.stroke();
    for (const { start, count: size } of groups) {
      const [side, at] = [size * view.cell, start * view.cell];
      context.strokeStyle = theme.edge;
      context.strokeRect(x + at, y + at, side, side);
      if (start === 0) continue;
      context.strokeStyle = theme.rule;
      context.beginPath();
      context.moveTo(x, y + at);
      context.lineTo(x + (isHalf ? at : whole), y + at);
      context.moveTo(x + at, y + (isHalf ? at : 0));
      context.lineTo(x + at, y + whole);
      context.stroke();
    }
  };
  const drawBand = ({ theme, systems }, row, column, colour) => {
    const whole = view.cell * systems.length;
    context.globalAlpha = 0.14;
    context.fillStyle = colour ?? theme.ink;
    const size = Math.max(2, view.cell);
    if (row !== undefined) context.fillRect(toX(0), toY(row), whole, size);
    if (column !== undefined) context.fillRect(toX(column), toY(0), size, whole);
    context.globalAlpha = 1;
  };
  // What stands beside the matrix: at each row or group one text, and the same above, turned.
  const drawNames = ({ theme, systems, groups, row, column }) => {
    const isNamed = view.cell >= leastNamed;
    const labels = isNamed
      ? systems.map(({ name }, at) => ({
          name,
          from: at,
          size: 1,
          isStrong: at === row || at === column || at === hovered?.row || at === hovered?.column,
        }))
      : groups
          .filter(({ count: size }) => size * view.cell >= 12)
          .map(({ name, start, count: size }) => ({ name, from: start, size }));
    const most = Math.floor((view.left - 8) / 7);
    const write = (isAbove) => {
      context.save();
      context.beginPath();
      if (isAbove) context.rect(view.left, 0, view.width, view.top);
      else context.rect(0, view.top, view.left, view.height);
      context.clip();
      context.textBaseline = 'middle';
      for (const { name, from, size, isStrong } of labels) {
        const at = (isAbove ? toX(from) : toY(from)) + (size * view.cell) / 2;
        if (at < 0 || at > (isAbove ? view.width : view.height)) continue;
        context.font = `${isStrong ? 600 : 400} ${Math.min(12, Math.max(9, isNamed ? view.cell - 1 : 12))}px system-ui, sans-serif`;
        context.fillStyle = isStrong ? theme.accent : theme.ink;
        const text = clip(name, isAbove ? Math.floor((view.top - 8) / 7) : most);
        context.save();
        if (isAbove) {
          context.translate(at, view.top - 6);
          context.rotate(-Math.PI / 2);
          context.textAlign = 'left';
        } else {
          context.translate(view.left - 6, at);
          context.textAlign = 'right';
        }
        context.fillText(text, 0, 0);
        context.restore();
      }
      context.restore();
    };
    write(false);
    write(true);
  };
  const draw = () => {
    if (!matrix || view.width === 0) return;
    context.clearRect(0, 0, view.width, view.height);
    context.save();
    context.beginPath();
    context.rect(view.left, view.top, view.width, view.height);
    context.clip();
    context.save();
    drawGround(matrix);
    context.restore();
    drawUnused(matrix);
    drawBand(matrix, hovered?.row, hovered?.column);
    drawBand(matrix, matrix.row, matrix.column ?? matrix.row, matrix.theme.accent);
    drawCells(matrix);
    if (matrix.row !== undefined && matrix.column !== undefined) {
      context.strokeStyle = matrix.theme.accent;
      context.lineWidth = 2;
      const side = Math.max(6, view.cell);
      const shift = (side - view.cell) / 2;
      context.strokeRect(toX(matrix.column) - shift, toY(matrix.row) - shift, side, side);
    }
    context.restore();
    drawNames(matrix);
  };
  let isDrawing = false;
  const drawSoon = () => {
    if (isDrawing) return;
    isDrawing = true;
    requestAnimationFrame(() => {
      isDrawing = false;
      draw();
    });
  };
  const cellAt = (event) => {
    const box = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const column = Math.floor((x - view.left - view.x) / view.cell);
    const row = Math.floor((y - view.top - view.y) / view.cell);
    const most = matrix.systems.length;
    const isInside = (at) => at >= 0 && at < most;
    if (x >= view.left && y >= view.top && isInside(row) && isInside(column))
      return { row, column };
    if (x < view.left && y >= view.top && isInside(row)) return { row };
    if (y < view.top && x >= view.left && isInside(column)) return { row: column };
    return undefined;
  };
  // A mark of small cells is larger than its cell: the nearest one is meant.
  const snap = (found) => {
    if (found?.column === undefined || view.cell >= 6) return found;
    const reach = Math.ceil(4 / view.cell);
    const most = matrix.systems.length;
    let best;
    for (let row = found.row - reach; row <= found.row + reach; row++)
      for (let column = found.column - reach; column <= found.column + reach; column++) {
        if (row < 0 || column < 0 || row >= most || column >= most) continue;
        if (!matrix.cells.has(row * most + column)) continue;
        const far = Math.hypot(row - found.row, column - found.column);
        if (!best || far < best.far) best = { row, column, far };
      }
    return best ?? found;
  };
  const zoom = (factor, at = { x: view.left, y: view.top }) => {
    const before = view.cell;
    view.cell = Math.max(fitCell(), Math.min(40, view.cell * factor));
    const grown = view.cell / before;
    view.x = at.x - view.left - (at.x - view.left - view.x) * grown;
    view.y = at.y - view.top - (at.y - view.top - view.y) * grown;
    bound();
    drawSoon();
  };
  const showAll = () => {
    Object.assign(view, { x: 0, y: 0, cell: fitCell() });
    drawSoon();
  };

  let drag;
  canvas.addEventListener('pointerdown', (event) => {
    drag = { x: event.clientX, y: event.clientY, isMoved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (drag) {
      const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
      if (!drag.isMoved && Math.hypot(dx, dy) < 4) return;
      Object.assign(drag, { x: event.clientX, y: event.clientY, isMoved: true });
      view.x += dx;
      view.y += dy;
      bound();
      drawSoon();
      return;
    }
    const found = snap(cellAt(event));
    if (found?.row === hovered?.row && found?.column === hovered?.column) return;
    hovered = found;
    stage.classList.toggle('over', found !== undefined);
    on.hover(found);
    drawSoon();
  });
  canvas.addEventListener('pointerup', (event) => {
    const isMoved = drag?.isMoved;
    drag = undefined;
    const found = isMoved ? undefined : snap(cellAt(event));
    if (found) on.choose(found);
  });
  canvas.addEventListener('pointerleave', () => {
    hovered = undefined;
    on.hover(undefined);
    drawSoon();
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      zoom(event.deltaY < 0 ? 1.25 : 0.8, {
        x: event.clientX - box.left,
        y: event.clientY - box.top,
      });
    },
    { passive: false },
  );
  new ResizeObserver(() => {
    measure();
    if (matrix) showAll();
  }).observe(stage);
  measure();
  return {
    show(next, isOther) {
      matrix = next;
      // Few systems need no high picture.
      const room = (view.width - view.left - 8) / matrix.systems.length;
      const side = matrix.systems.length * Math.min(largestCell, room);
      stage.style.maxHeight = `${Math.ceil(view.top + side) + 12}px`;
      if (isOther) {
        hovered = undefined;
        showAll();
      }
      drawSoon();
    },
    zoom: (factor) => zoom(factor, { x: view.width / 2, y: view.height / 2 }),
    showAll,
    // The chosen cell comes into view, however far the matrix was moved.
    reveal(row, column) {
      const shift = (at, room) => {
        if (at < 0) return -at;
        return at > room - view.cell ? room - view.cell - at : 0;
      };
      view.x += shift(view.x + column * view.cell, view.width - view.left - 8);
      view.y += shift(view.y + row * view.cell, view.height - view.top - 8);
      bound();
      drawSoon();
    },
  };
};
